// Physically, as it happens: containers that begin to run, and pods that serve or have broken down,
// which the API learns later: after the kubelet has looked, or when the node is missed. A pod that
// has done its work does not break down.

import {Signal} from '../engine/signal.ts';
import type {PodId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import {type LivePod, wantsStart} from './live-pod.ts';
import type {LivePods, PodPlan} from './live-pods.ts';

export class ContainerRuns {
  readonly begun = new Signal<[pod: PodId, container: string]>();
  readonly #store: Store;
  readonly #lives: LivePods;

  constructor({store, lives}: {store: Store; lives: LivePods}) {
    this.#store = store;
    this.#lives = lives;
  }

  begin(live: LivePod, index: number): void {
    const plan = this.#lives.plan(live);
    this.begun.emit(live.pod, plan.containers[index].name);
    if (allRun(live, plan)) this.#store.signals.serving.emit(live.pod);
  }

  end(live: LivePod, index: number): void {
    const plan = this.#lives.plan(live);
    const endedWell = live.containers[index].exitCode === 0 && !wantsStart(live, index, plan);
    if (!endedWell) this.#store.signals.broken.emit(live.pod);
  }
}

/** All that must be ready for the pod to be: containers and sidecars. */
function allRun(live: LivePod, {containers, initCount}: PodPlan): boolean {
  return containers.every(
    ({sidecar}, index) =>
      (index < initCount && !sidecar) || live.containers[index].state === 'running',
  );
}
