// Containers that hang: by themselves, so long after their start, or struck from outside.

import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {PodId} from '../objects/ids.ts';
import type {ContainerProbes} from './container-probes.ts';
import type {LiveContainer, LivePod} from './live-pod.ts';
import type {LivePods} from './live-pods.ts';
import type {OwnCauses} from './own-causes.ts';
import type {PodChances} from './pod-chances.ts';
import type {PodListeners} from './pod-listeners.ts';

export type ContainerHangsOptions = {
  readonly simulation: Simulation;
  readonly lives: LivePods;
  readonly chances: PodChances;
  readonly ownCauses: OwnCauses;
  readonly probes: ContainerProbes;
  readonly listeners: PodListeners;
};

export class ContainerHangs {
  readonly #parts: ContainerHangsOptions;
  readonly #hung: EventKind<PodId, number>;

  constructor(parts: ContainerHangsOptions) {
    this.#parts = parts;
    const {simulation, lives, ownCauses} = parts;
    this.#hung = simulation.event('container.hung', (pod: PodId, index: number) => {
      const live = lives.of(pod);
      ownCauses.begin(live, index, 'pod-hang');
      this.hang(live, index, Infinity);
    });
  }

  /** It has started: works out when it will hang by itself. */
  begin(live: LivePod, index: number): void {
    const container = live.containers[index];
    const after = this.#parts.chances.hangAfter(live, index);
    container.hangs = [];
    if (after < Infinity) container.hang = this.#hung.after(after, live.pod, index);
  }

  /** It answers nothing for so long, or until it is started again. */
  hang(live: LivePod, index: number, lasts: Time): void {
    if (live.containers[index].state !== 'running') return;
    this.#parts.probes.hang(live, index, lasts);
    this.#parts.listeners.settle(live);
  }

  /** It has ended. */
  end({hang}: LiveContainer): void {
    if (hang !== undefined) this.#parts.simulation.cancel(hang as EventHandle);
  }
}
