// The zones of the cluster, each with the nodes that are to lose their pods, in the order in which
// they were lost, and the limit on how fast they do (node_lifecycle_controller.go, handleDisruption
// and scheduler/rate_limited_queue.go).
//
// Simplified: a node that waits keeps its turn; the real controller takes it out and puts it in
// again at each pass, in the order of its list of nodes.

import type {Time} from '../../engine/time.ts';
import type {NodeId} from '../../objects/ids.ts';
import type {ManagerOptions} from '../manager-options.ts';
import {EvictionLimiter} from './eviction-limiter.ts';
import {evictionRate, type ZoneCount, type ZoneState, zoneState} from './zone-state.ts';

type Zone = {
  state: ZoneState | 'initial';
  limiter: EvictionLimiter;
  readonly queue: NodeId[];
};

export class Zones {
  readonly #options: ManagerOptions;
  #zones = new Map<string, Zone>();
  /** Not all is well everywhere, so that any change may change a zone's state. */
  troubled = false;

  constructor(options: ManagerOptions) {
    this.#options = options;
  }

  add(node: NodeId, key: string, now: Time): void {
    const {queue} = this.#zone(key, now);
    if (!queue.includes(node)) queue.push(node);
  }

  remove(node: NodeId): void {
    for (const {queue} of this.#zones.values()) {
      const place = queue.indexOf(node);
      if (place >= 0) queue.splice(place, 1);
    }
  }

  has(node: NodeId): boolean {
    for (const {queue} of this.#zones.values()) if (queue.includes(node)) return true;
    return false;
  }

  /** Those whose turn it is. */
  take(now: Time): NodeId[] {
    const taken: NodeId[] = [];
    for (const {queue, limiter} of this.#zones.values()) {
      while (queue.length > 0 && limiter.tryAccept(now)) taken.push(...queue.splice(0, 1));
    }
    return taken;
  }

  /** When it is somebody's turn next. */
  get nextAt(): Time | undefined {
    let next: Time | undefined;
    for (const {queue, limiter} of this.#zones.values()) {
      const at = queue.length === 0 ? undefined : limiter.nextAt;
      if (at !== undefined) next = Math.min(next ?? at, at);
    }
    return next;
  }

  /**
   * With what a pass has counted. When every zone is lost, it is rather the masters that are, and
   * no pod is evicted.
   */
  judge(counts: ReadonlyMap<string, ZoneCount>, now: Time): 'all-lost' | 'some-back' | undefined {
    for (const key of this.#zones.keys()) if (!counts.has(key)) this.#zones.delete(key);
    for (const key of counts.keys()) this.#zone(key, now);
    const zones = [...this.#zones].map(([key, zone]) => {
      const count = counts.get(key) ?? {ready: 0, notReady: 0};
      return {zone, count, next: zoneState(count, this.#options)};
    });
    this.troubled = zones.some(({count, next}) => count.notReady > 0 || next !== 'normal');
    const wasLost = zones.every(({zone}) => zone.state === 'full');
    const isLost = zones.every(({next}) => next === 'full');
    if (wasLost && isLost) return undefined;
    for (const {zone, count, next} of zones) {
      const rate = isLost ? 0 : evictionRate(next, count, this.#options);
      if (isLost || wasLost || next !== zone.state) zone.limiter.swap(rate, now);
      zone.state = next;
    }
    if (isLost) return 'all-lost';
    return wasLost ? 'some-back' : undefined;
  }

  #zone(key: string, now: Time): Zone {
    const zone = this.#zones.get(key) ?? {
      state: 'initial',
      limiter: new EvictionLimiter(this.#options.nodeEvictionRate, now),
      queue: [],
    };
    this.#zones.set(key, zone);
    return zone;
  }

  clear(): void {
    this.#zones.clear();
    this.troubled = false;
  }

  save() {
    const zones = [...this.#zones].map(([key, {state, limiter, queue}]) => ({
      ...{key, state, limiter: limiter.save(), queue},
    }));
    return {zones, troubled: this.troubled};
  }

  restore({zones, troubled}: ReturnType<Zones['save']>): void {
    this.troubled = troubled;
    this.#zones = new Map(
      zones.map(({key, limiter, ...zone}) => [
        key,
        {...zone, limiter: EvictionLimiter.from(limiter)},
      ]),
    );
  }
}
