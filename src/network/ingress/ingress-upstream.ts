// Where the pods of an ingress controller send requests for a host and path: each by its own view,
// to ready pods themselves, past cluster IPs and proxies (ingress-nginx: balancer.lua).

import type {Time} from '../../engine/time.ts';
import type {Target} from '../../machines/service-views.ts';
import type {IngressSettings} from '../../objects/ingress-object.ts';
import type {Answered, Caller, Destination, Route} from '../destination.ts';
import type {ControllerPod, Snapshot} from './controller-pod.ts';
import type {HttpAddress} from './http-address.ts';
import type {IngressControllers} from './ingress-controllers.ts';
import {canaryOf, type IngressRoute, ingressRoute, ingressTls} from './ingress-routing.ts';

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
  readonly balance: IngressSettings['balance'];
  readonly targets: readonly Target[];
  readonly answer: Answered;
  /** Takes a share of the requests in its place. */
  readonly canary: {readonly share: number; readonly upstream: Upstream} | undefined;
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
    const upstream = pod && this.#chosen(pod, avoid);
    if (pod === undefined || upstream === undefined) route.arrival = 'http-503';
    else if (upstream.targets.length === 0) route.arrival = upstream.answer;
    else {
      const {targets} = upstream;
      route.arrival = 'there';
      route.target = pod.balancer(upstream).choose(targets, avoid, this.#parts.clock.now);
    }
  }

  answered({pod: serial = -1}: Caller, upstream: number, took: Time): void {
    const pod = this.#parts.controllers.pod(serial);
    if (pod === undefined) return;
    const main = this.of(pod);
    const beside = main.canary?.upstream;
    const asked = beside !== undefined && isOf(beside, upstream) ? beside : main;
    pod.balancer(asked).answered(upstream, took, this.#parts.clock.now);
  }

  /** A request that is tried again stays with the canary, or without. */
  #chosen(pod: ControllerPod, tried: readonly number[]): Upstream {
    const main = this.of(pod);
    if (main.canary === undefined) return main;
    const {share, upstream} = main.canary;
    const last = tried.at(-1);
    const taken = last === undefined ? pod.drawShare() < share : isOf(upstream, last);
    return taken ? upstream : main;
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
    const {address} = this.#parts;
    const {secure, host} = address;
    const found = ingressRoute(ingresses, address);
    const sendsToTls = found?.settings.sendsToTls ?? 'where-it-is';
    const toTls = sendsToTls === 'where-it-is' && ingressTls(ingresses, host) !== undefined;
    if (!secure && (toTls || sendsToTls === 'always')) return this.#alone('http-308');
    if (found === undefined) return this.#alone('http-404');
    const canary = canaryOf(ingresses, address, found);
    const share = canary?.settings.canary ?? 0;
    const main = this.#behind(found, versions);
    if (canary === undefined) return main;
    return {...main, canary: {share, upstream: this.#behind(canary, versions)}};
  }

  #behind({namespace, backend, settings}: IngressRoute, versions: Snapshot['versions']): Upstream {
    if (backend === undefined) return this.#alone('http-503');
    const id = this.#parts.serviceNamed(`${namespace}/${backend.service}`);
    const version = id === undefined ? undefined : versions.get(id);
    const {port, service} = backend;
    const ports = version?.service?.ports ?? [];
    const place = ports.findIndex(each => each.port === port || each.name === port);
    const targets = version?.readyTargets(place) ?? [];
    const name = `${namespace}/${service}:${port}`;
    return {...this.#alone('http-503'), backend: name, balance: settings.balance, targets};
  }

  #alone(answer: Answered): Upstream {
    const {secure} = this.#parts.address;
    return {secure, backend: '', balance: undefined, targets: [], answer, canary: undefined};
  }
}

function isOf({targets}: Upstream, serial: number): boolean {
  return targets.some(target => target.serial === serial);
}
