// Who serves the addresses of HTTP that traffic calls, as a scenario's objects say at time zero:
// the ingress controllers, written or recognised, and the Services behind hosts and paths.

import {httpAddress} from '../network/ingress/http-address.ts';
import {type IngressController, usualController} from '../network/ingress/ingress-options.ts';
import {ingressRoute} from '../network/ingress/ingress-routing.ts';
import type {IngressFront} from '../network/outside.ts';
import type {AppliedObject} from '../objects/applied-object.ts';
import {type IngressObject, type NewIngress, usualSettings} from '../objects/ingress-object.ts';
import type {NewService} from '../objects/service-object.ts';
import type {LoadedScenario} from './loaded.ts';

type Objects = {
  readonly written: readonly IngressController[];
  readonly services: readonly NewService[];
  readonly ingresses: readonly NewIngress[];
};

export type IngressFronts = {
  readonly controllers: readonly IngressController[];
  readonly frontOf: (to: string) => IngressFront | undefined;
};

export function ingressFronts({written, services, ingresses}: Objects): IngressFronts {
  const controllers = written.length > 0 ? written : recognised(services);
  const all: readonly IngressObject[] = ingresses.map(each => ({...each, loadBalancer: []}));
  const served = controllers.map(({class: wanted}) =>
    // An Ingress without a class gets the default one, which is somebody's.
    all.filter(({className}) => {
      return wanted === undefined || className === undefined || className === wanted;
    }),
  );
  return {
    controllers,
    frontOf: to => {
      const address = httpAddress(to);
      if (address === undefined || controllers.length === 0) return undefined;
      const routes = served.map(some => ingressRoute(some, address));
      const controller = Math.max(
        0,
        routes.findIndex(route => route !== undefined),
      );
      const route = routes[controller];
      const service = route?.backend && `${route.namespace}/${route.backend.service}`;
      return {controller, service, settings: route?.settings ?? usualSettings};
    },
  };
}

/** The Services that a call of that leads to: of HTTP the one in front and the one behind. */
export function calledBy({to}: {readonly to: string}, fronts: IngressFronts): string[] {
  const front = fronts.frontOf(to);
  if (front === undefined) return [to];
  const inFront = fronts.controllers[front.controller].service;
  return front.service === undefined ? [inFront] : [inFront, front.service];
}

/** As its chart and its manifests label it. */
function recognised(services: readonly NewService[]): IngressController[] {
  return services
    .filter(
      ({selector, type}) =>
        selector?.get('app.kubernetes.io/name') === 'ingress-nginx' &&
        (type === 'LoadBalancer' || type === 'NodePort'),
    )
    .map(({namespace, name}) => usualController(`${namespace}/${name}`));
}

/** Of a run, those of its timeline included. */
export function ingressFrontsOf({network, manifests, timeline}: LoadedScenario): IngressFronts {
  const services: NewService[] = [];
  const ingresses: NewIngress[] = [];
  for (const {value} of manifests) {
    if (value.type === 'service') services.push(value.service);
    if (value.type === 'ingress') ingresses.push(value.ingress);
  }
  for (const {options} of timeline) {
    for (const applied of (options as {objects?: readonly AppliedObject[]}).objects ?? []) {
      if (applied.type !== 'object') continue;
      const {object} = applied;
      if (object.kind === 'service') services.push(object.value);
      if (object.kind === 'ingress') ingresses.push(object.value);
    }
  }
  return ingressFronts({written: network.ingress, services, ingresses});
}
