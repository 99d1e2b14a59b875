// A Service and its endpoints as the API held them at a moment, and what a proxy makes of them
// (pkg/proxy/topology.go, CategorizeEndpoints). Nodes that would choose alike share one answer.

import type {Choices, Target, Way} from '../../machines/service-views.ts';
import type {Endpoint, EndpointSlice} from '../../objects/endpoint-slice.ts';
import type {NodeId} from '../../objects/ids.ts';
import type {ServiceObject} from '../../objects/service-object.ts';
import type {ProxyMode} from '../latency/first-packet.ts';

export type ProxyPlace = {
  readonly node: NodeId;
  readonly name: string;
  readonly zone: string | undefined;
};

/** An endpoint behind one of the Service's ports. */
type Behind = {readonly endpoint: Endpoint; readonly target: Target};

/** The ready endpoints behind a port, what chooses among all, and whether all have such hints. */
type Ready = {
  readonly ready: readonly Behind[];
  readonly all: Choices;
  readonly forNodes: boolean;
  readonly forZones: boolean;
};

export type Cluster = {
  readonly mode: ProxyMode;
  readonly nodeNamed: (name: string) => NodeId | undefined;
};

const lost: Choices = {verdict: 'drop', targets: [], sticky: undefined};
const refused: Choices = {verdict: 'refuse', targets: [], sticky: undefined};

export class EndpointsVersion {
  /** `undefined`: there is no such Service, or none that proxies heed. */
  readonly service: ServiceObject | undefined;
  readonly cause: number;
  readonly #slices: readonly EndpointSlice[];
  readonly #cluster: Cluster;
  readonly #ports: (Behind[] | undefined)[] = [];
  readonly #ready: (Ready | undefined)[] = [];
  readonly #targets: (readonly Target[] | undefined)[] = [];
  readonly #known = new Map<string, Choices>();

  constructor(
    service: ServiceObject | undefined,
    slices: readonly EndpointSlice[],
    {cluster, cause}: {cluster: Cluster; cause: number},
  ) {
    this.service = service;
    this.cause = cause;
    this.#slices = slices;
    this.#cluster = cluster;
  }

  /** In all its slices, whatever their state. */
  get size(): number {
    return this.#slices.reduce((sum, {endpoints}) => sum + endpoints.length, 0);
  }

  choices(place: ProxyPlace, port: number, way: Way): Choices {
    const {service} = this;
    if (service === undefined || port >= service.ports.length) return lost;
    return this.#isLocal(service, way)
      ? this.#local(service, place, port, way)
      : this.#clusterWide(service, place, port);
  }

  /** As those see them who go to pods themselves: ready ones alone, whoever is near. */
  readyTargets(port: number): readonly Target[] {
    const {service} = this;
    if (service === undefined || port < 0 || port >= service.ports.length) return [];
    const known = this.#targets[port] ?? this.#readyBehind(service, port).ready.map(ofTarget);
    this.#targets[port] = known;
    return known;
  }

  /** As the health-check node port counts: ready ones only. */
  readyAt(node: NodeId): number {
    const {service} = this;
    if (service === undefined) return 0;
    return this.#behind(0).filter(({endpoint, target}) => endpoint.ready && target.node === node)
      .length;
  }

  save() {
    const {service, cause} = this;
    return {service, cause, slices: this.#slices};
  }

  #isLocal(service: ServiceObject, way: Way): boolean {
    const {internalTrafficPolicy, externalTrafficPolicy} = service;
    return (way === 'internal' ? internalTrafficPolicy : externalTrafficPolicy) === 'Local';
  }

  #local(service: ServiceObject, place: ProxyPlace, port: number, way: Way): Choices {
    return this.#remember(`${port}@${place.node}`, () => {
      const all = this.#behind(port);
      const here = usable(all.filter(({target}) => target.node === place.node));
      if (here.length > 0) return chooseAmong(here, service);
      if (usable(all).length === 0) return refused;
      // As ipvs, which falls back to the others for external traffic (proxier.go).
      if (this.#cluster.mode === 'ipvs' && way === 'external') {
        return this.#clusterWide(service, place, port);
      }
      return this.#cluster.mode === 'ipvs' ? refused : lost;
    });
  }

  #clusterWide(service: ServiceObject, place: ProxyPlace, port: number): Choices {
    const {ready, all, forNodes, forZones} = this.#readyBehind(service, port);
    if (!forNodes && !forZones) return all;
    const near = (forWhom: (endpoint: Endpoint) => readonly string[], name: string) =>
      ready.filter(({endpoint}) => forWhom(endpoint).includes(name));
    if (forNodes) {
      const here = near(({forNodes}) => forNodes, place.name);
      if (here.length > 0) {
        return this.#remember(`${port}=${place.node}`, () => chooseAmong(here, service));
      }
    }
    const {zone} = place;
    if (zone !== undefined && forZones) {
      const key = `${port}/${zone}`;
      const known = this.#known.get(key);
      if (known !== undefined) return known;
      const here = near(({forZones}) => forZones, zone);
      if (here.length > 0) return this.#remember(key, () => chooseAmong(here, service));
    }
    return all;
  }

  /** Every node asks after every change: what all have in common is found once. */
  #readyBehind(service: ServiceObject, port: number): Ready {
    const known = this.#ready[port];
    if (known !== undefined) return known;
    const behind = this.#behind(port);
    const ready = behind.filter(({endpoint}) => endpoint.ready);
    const someReady = ready.length > 0;
    const found = {
      ready,
      all: orRefused(someReady ? ready : usable(behind), service),
      forNodes: someReady && ready.every(({endpoint}) => endpoint.forNodes.length > 0),
      forZones: someReady && ready.every(({endpoint}) => endpoint.forZones.length > 0),
    };
    this.#ready[port] = found;
    return found;
  }

  #remember(key: string, make: () => Choices): Choices {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#known.set(key, made);
    return made;
  }

  /** Sorted by address, as iptables has its rules; of two with one address, the one that stays. */
  #behind(port: number): readonly Behind[] {
    const known = this.#ports[port];
    if (known !== undefined) return known;
    const name = this.service?.ports[port].name ?? '';
    const byAddress = new Map<number, Behind>();
    for (const {ports, endpoints} of this.#slices) {
      const fitting = ports.find(each => each.name === name);
      if (fitting === undefined) continue;
      for (const endpoint of endpoints) {
        const before = byAddress.get(endpoint.address);
        if (before !== undefined && (endpoint.terminating || !before.endpoint.terminating))
          continue;
        const target = this.#target(endpoint, fitting.port);
        byAddress.set(endpoint.address, {endpoint, target});
      }
    }
    const behind = [...byAddress.values()].sort((a, b) => a.target.address - b.target.address);
    this.#ports[port] = behind;
    return behind;
  }

  #target({pod, address, node, zone}: Endpoint, port: number): Target {
    return {
      ...{pod: pod?.id, serial: pod?.serial ?? 0, address, port, zone},
      node: node === undefined ? undefined : this.#cluster.nodeNamed(node),
    };
  }
}

const ofTarget = ({target}: Behind): Target => target;

/** Ready ones; where there are none, those that still answer while they end (KEP-1669). */
function usable(all: readonly Behind[]): readonly Behind[] {
  const ready = all.filter(({endpoint}) => endpoint.ready);
  if (ready.length > 0) return ready;
  return all.filter(({endpoint}) => endpoint.serving && endpoint.terminating);
}

function orRefused(behind: readonly Behind[], service: ServiceObject): Choices {
  return behind.length === 0 ? refused : chooseAmong(behind, service);
}

function chooseAmong(behind: readonly Behind[], {sessionAffinity}: ServiceObject): Choices {
  const targets = behind.map(({target}) => target);
  return {verdict: 'choose', targets, sticky: sessionAffinity};
}
