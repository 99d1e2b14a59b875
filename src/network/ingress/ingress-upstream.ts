// Where the pods of an ingress controller send requests for a host and path: each by its own view,
// to ready pods themselves, past cluster IPs and proxies (ingress-nginx: balancer.lua).

import type {Time} from '../../engine/time.ts';
import type {Target} from '../../machines/service-views.ts';
import type {Answered, Caller, Destination, Route} from '../destination.ts';
import type {ControllerPod, Snapshot} from './controller-pod.ts';
import type {HttpAddress} from './http-address.ts';
import type {IngressControllers} from './ingress-controllers.ts';
import {ingressRoute, ingressTls} from './ingress-routing.ts';

type UpstreamParts = {
  readonly controllers: IngressControllers;
  readonly address: HttpAddress;
  readonly clock: {readonly now: Time};
  /** Of a Service by its full name. */
  readonly serviceNamed: (name: string) => Parameters<Snapshot['versions']['get']>[0] | undefined;
};

/** What a view makes of the host and path: whom it may ask, or what it answers by itself. */
export type Upstream = {
  /** It came by TLS. */
  readonly secure: boolean;
  readonly backend: string;
  readonly targets: readonly Target[];
  readonly answer: Answered;
};

export class IngressUpstream implements Destination {
  readonly name: string;
  readonly #parts: UpstreamParts;
  readonly #known = new WeakMap<Snapshot, Upstream>();

  constructor(parts: UpstreamParts) {
    const {host, path} = parts.address;
    this.name = `${host}${path}`;
    this.#parts = parts;
  }

  route({pod: serial = -1}: Caller, route: Route, avoid: readonly number[]): void {
    route.search = 0;
    route.delay = 0;
    route.entry = undefined;
    route.target = undefined;
    const pod = this.#parts.controllers.pod(serial);
    const upstream = pod && this.of(pod);
    if (pod === undefined || upstream === undefined) route.arrival = 'http-503';
    else if (upstream.targets.length === 0) route.arrival = upstream.answer;
    else {
      const {backend, targets} = upstream;
      route.arrival = 'there';
      route.target = pod.balancer(backend).choose(targets, avoid, this.#parts.clock.now);
    }
  }

  answered({pod: serial = -1}: Caller, upstream: number, took: Time): void {
    const pod = this.#parts.controllers.pod(serial);
    if (pod === undefined || pod.options.balance !== 'ewma') return;
    pod.balancer(this.of(pod).backend).answered(upstream, took, this.#parts.clock.now);
  }

  /** By what a pod goes now. */
  of({served}: ControllerPod): Upstream {
    const known = this.#known.get(served);
    if (known !== undefined) return known;
    const found = this.#find(served);
    this.#known.set(served, found);
    return found;
  }

  #find({ingresses, versions}: Snapshot): Upstream {
    const {address, serviceNamed} = this.#parts;
    const {secure, host} = address;
    const alone = (answer: Answered): Upstream => ({secure, backend: '', targets: [], answer});
    if (!secure && ingressTls(ingresses, host) !== undefined) return alone('http-308');
    const found = ingressRoute(ingresses, address);
    if (found === undefined) return alone('http-404');
    const {namespace, backend} = found;
    if (backend === undefined) return alone('http-503');
    const id = serviceNamed(`${namespace}/${backend.service}`);
    const version = id === undefined ? undefined : versions.get(id);
    const {port, service} = backend;
    const ports = version?.service?.ports ?? [];
    const place = ports.findIndex(each => each.port === port || each.name === port);
    const targets = version?.readyTargets(place) ?? [];
    const name = `${namespace}/${service}:${port}`;
    return {secure, backend: name, targets, answer: 'http-503'};
  }
}
