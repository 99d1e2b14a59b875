// What happens to a container by itself (it crashes, hangs, runs out of memory) sets a chain of
// consequences going. It goes back to what started the container, a bad release for one, unless the
// container has run for ten minutes since: then it had worked, and this is news.

import type {Simulation} from '../engine/simulation.ts';
import {minute, type Time} from '../engine/time.ts';
import {noCause} from '../objects/causes.ts';
import type {Store} from '../objects/store.ts';
import type {LivePod} from './live-pod.ts';

export type OwnKind = 'container-crash' | 'container-exit' | 'pod-hang' | 'oom-kill';

// As the kubelet forgets a container's crashes.
const hasWorkedAfter: Time = 10 * minute;

export class OwnCauses {
  readonly #simulation: Simulation;
  readonly #store: Store;

  constructor(simulation: Simulation, store: Store) {
    this.#simulation = simulation;
    this.#store = store;
  }

  /** It happens now. Crash after crash is one chain, and has one cause. */
  begin(live: LivePod, index: number, kind: OwnKind): void {
    const {causes, pods} = this.#store;
    const {startedAt, startCause} = live.containers[index];
    const simulation = this.#simulation;
    const undisturbed = simulation.cause === startCause;
    if (undisturbed && simulation.now - startedAt > hasWorkedAfter) simulation.cause = noCause;
    const target = `pod/${pods.namespace(live.pod)}/${pods.name(live.pod)}`;
    const current = causes.get(simulation.cause as typeof noCause);
    if (current?.kind === kind && current.target === target) return;
    causes.begin({origin: 'itself', kind, target});
  }
}
