// The ports of Services that somebody calls. Whose choices are made by chance has a stream of its
// own, so that another caller of the same Service moves none of them; the turns of ipvs are all
// callers' in common.

import type {RandomStream} from '../../engine/random.ts';
import type {Simulation} from '../../engine/simulation.ts';
import {toTime} from '../../engine/time.ts';
import type {ServiceViews, Target, Way} from '../../machines/service-views.ts';
import type {NodeId, ServiceId} from '../../objects/ids.ts';
import type {ServiceObject} from '../../objects/service-object.ts';
import type {Store} from '../../objects/store.ts';
import {ruleTime} from '../latency/first-packet.ts';
import {Affinity} from './affinity.ts';
import {type Chooser, chooserOf} from './choosers.ts';
import {ProxiedPort} from './proxied-port.ts';
import type {ProxyOptions} from './proxy-options.ts';

export type PortsParts = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly views: ServiceViews;
  readonly options: ProxyOptions;
  /** Connections that a target has now. */
  readonly load: (target: Target) => number;
  /** Nothing in the network takes time. */
  readonly free?: boolean;
};

export type PortWish = {
  readonly service: ServiceId;
  readonly port: number;
  readonly way: Way;
  /** Who calls; no two of one Service's port are the same. */
  readonly caller: string;
};

export class ProxiedPorts {
  readonly #parts: PortsParts;
  /** By name: in whatever order they are called first, a restore finds them. */
  readonly #all = new Map<string, ProxiedPort>();
  /** What a restore says of those that are called for later. */
  #saved = new Map<string, SavedPort>();
  /** By the Service's number, and the port's place. */
  readonly #affinities = new Map<string, Affinity>();
  readonly #turns = new Map<string, Chooser>();
  readonly #streams = new Map<string, RandomStream>();

  constructor(parts: PortsParts) {
    this.#parts = parts;
    parts.simulation.part('kube-proxy.ports', this);
  }

  add({service, port, way, caller}: PortWish): ProxiedPort {
    const {store, views, options, free = false} = this.#parts;
    const {services} = store;
    const proxied = new ProxiedPort({
      ...{service, port, way, views},
      chooser: this.#chooser({service, port, way, caller}),
      affinity: this.#affinity(`${service}:${port}`),
      ruleTime: endpoints => {
        if (free) return 0;
        const rules = {services: services.length, position: service, endpoints};
        return toTime(ruleTime({mode: options.mode, ...rules}));
      },
    });
    const name = `${services.nameOf(service)}:${port}/${way}/${caller}`;
    this.#all.set(name, proxied);
    this.#restorePort(name);
    return proxied;
  }

  #affinity(port: string): Affinity {
    const {simulation} = this.#parts;
    const affinity = this.#affinities.get(port) ?? new Affinity(() => simulation.now);
    this.#affinities.set(port, affinity);
    return affinity;
  }

  #chooser({service, port, way, caller}: PortWish): Chooser {
    const {simulation, store, options, load} = this.#parts;
    const {mode, scheduler} = options;
    const name = `kube-proxy/${store.services.nameOf(service)}:${port}/${way}`;
    const called = (node: NodeId) => calledAddress(store.services.get(service), way, node);
    if (mode !== 'ipvs') {
      const question = `${name}/choices/${caller}`;
      // A Service may come back under its name.
      const stream = this.#streams.get(question) ?? simulation.random(question);
      this.#streams.set(question, stream);
      return chooserOf({mode, scheduler, stream, load, called});
    }
    const known = this.#turns.get(name);
    const turns = known ?? chooserOf({mode, scheduler, stream: undefined, load, called});
    this.#turns.set(name, turns);
    return turns;
  }

  save() {
    const ports = [...this.#all].map(([name, port]): [string, SavedPort] => [name, port.save()]);
    const affinities = [...this.#affinities].map(([port, kept]) => [port, kept.save()] as const);
    return {ports, affinities};
  }

  restore({ports, affinities}: ReturnType<ProxiedPorts['save']>): void {
    this.#saved = new Map(ports);
    for (const [name] of ports) this.#restorePort(name);
    for (const [port, kept] of affinities) this.#affinity(port).restore(kept);
  }

  #restorePort(name: string): void {
    const saved = this.#saved.get(name);
    const port = this.#all.get(name);
    if (saved === undefined || port === undefined) return;
    port.restore(saved);
    this.#saved.delete(name);
  }
}

/** A node port has the address of its node, for which its number stands. */
function calledAddress(service: ServiceObject | undefined, way: Way, node: NodeId): number {
  const {clusterIP, loadBalancer = []} = service ?? {};
  return (way === 'internal' ? clusterIP : loadBalancer[0]) ?? node;
}

type SavedPort = ReturnType<ProxiedPort['save']>;
