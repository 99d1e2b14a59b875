// Availability as it would be worked out by somebody who looks at everything before each event.
// Clients stand on every machine that has power, and call Services of their own namespace by name.

import type {Simulation} from '../../../src/engine/simulation.ts';
import type {Time} from '../../../src/engine/time.ts';
import type {Links} from '../../../src/machines/links.ts';
import type {Listeners} from '../../../src/machines/listeners.ts';
import type {Machines} from '../../../src/machines/machines.ts';
import type {ServiceViews} from '../../../src/machines/service-views.ts';
import type {NamesSeen} from '../../../src/metrics/services/name-views.ts';
import type {NodeId, ServiceId} from '../../../src/objects/ids.ts';
import type {Store} from '../../../src/objects/store.ts';

type Seen = {
  reached: boolean;
  begun: boolean;
  /** What clients lost, and the time in which none got through. */
  lost: number;
  unreachable: number;
};

export class SlowReference {
  readonly seen = new Map<ServiceId, Seen>();
  readonly #world: SlowWorld;
  #last: Time = 0;

  constructor(world: SlowWorld) {
    this.#world = world;
    world.simulation.trace(() => this.pass());
  }

  /** Nothing has changed since the last event. */
  pass(): void {
    const {simulation, store} = this.#world;
    const span = simulation.now - this.#last;
    this.#last = simulation.now;
    if (span === 0) return;
    for (const [service] of store.services.all()) this.#add(service, span);
  }

  #add(service: ServiceId, span: Time): void {
    const share = this.#share(service);
    const known = this.seen.get(service);
    const seen = known ?? {reached: false, begun: false, lost: 0, unreachable: 0};
    this.seen.set(service, seen);
    if (!seen.reached && share !== undefined && share > 0.9 - 1e-9) {
      seen.reached = true;
      seen.lost = 0;
      seen.unreachable = 0;
    }
    seen.begun ||= share !== undefined && share > 0;
    if (!seen.begun || share === undefined) return;
    seen.lost += span * (1 - share);
    if (share === 0) seen.unreachable += span;
  }

  #share(service: ServiceId): number | undefined {
    const {machines} = this.#world;
    let [callers, sum] = [0, 0];
    for (let node = 0 as NodeId; node < machines.count; node++) {
      if (!machines.powered(node)) continue;
      callers++;
      sum += this.#found(service, node) * this.#success(service, node);
    }
    return callers === 0 ? undefined : sum / callers;
  }

  /** The first form of the name is the one; each server is asked twice, others find nothing. */
  #found(service: ServiceId, node: NodeId): number {
    const {store, names} = this.#world;
    const known = names?.service;
    if (names === undefined || store.services.nameOf(service) === known) return 1;
    const {silent, servfail} = names.nameServers.odds();
    const good = 1 - silent - servfail;
    const heard = good + silent * good;
    if (known === undefined) return heard;
    const dns = store.services.id(known);
    return dns === undefined ? 0 : heard * this.#success(dns, node);
  }

  #success(service: ServiceId, node: NodeId): number {
    const {views, listeners, links} = this.#world;
    const {targets} = views.choices(node, service, 0, 'internal');
    let good = 0;
    for (const {serial, node: there} of targets) {
      const listener = listeners.find(serial);
      const open = listener !== undefined && listeners.state(listener, serial) === 'open';
      if (open && links.connect(node, there)) good++;
    }
    return targets.length === 0 ? 0 : good / targets.length;
  }
}

type SlowWorld = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  readonly views: ServiceViews;
  readonly listeners: Listeners;
  readonly links: Links;
  readonly names?: NamesSeen | undefined;
};
