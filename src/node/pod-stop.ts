// How a pod goes from its node, as the kubelet's pod worker ends it, and what is told of it then.
//
//   deletion seen, or made to go ─▶ containers stop ─▶ sidecars, last first ─▶ sandbox down ─▶ gone

import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import type {ApiClient} from '../objects/api-client.ts';
import type {PodId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import type {ContainerLife} from './container-life.ts';
import type {KubeletOptions} from './kubelet-options.ts';
import type {LivePod} from './live-pod.ts';
import type {LivePods} from './live-pods.ts';
import type {PodChances} from './pod-chances.ts';
import type {PodListeners} from './pod-listeners.ts';

export type PodStopOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly api: ApiClient;
  readonly lives: LivePods;
  readonly options: KubeletOptions;
  readonly chances: PodChances;
  readonly containers: ContainerLife;
  readonly listeners: PodListeners;
  /** Nothing of it is left to do. */
  readonly leave: (live: LivePod) => void;
};

export class PodStop {
  readonly #simulation: Simulation;
  readonly #parts: PodStopOptions;
  readonly #sandboxStopped: EventKind<PodId>;

  constructor(parts: PodStopOptions) {
    const {simulation, lives} = parts;
    this.#simulation = simulation;
    this.#parts = parts;
    this.#sandboxStopped = simulation.event('kubelet.sandbox-stopped', (pod: PodId) =>
      this.#vanish(lives.of(pod)),
    );
  }

  /** A deletion timestamp was seen. */
  stop(live: LivePod): void {
    live.ending = undefined;
    if (!live.stopping || !live.attended) this.#begin(live);
  }

  /** It has to go within that time, and has Failed then. */
  terminate(live: LivePod, ending: NonNullable<LivePod['ending']>): void {
    if (live.stopping) return;
    live.ending = ending;
    this.#begin(live);
  }

  #begin(live: LivePod): void {
    live.stopping = true;
    live.attended = true;
    live.stopBegan = this.#simulation.now;
    this.#cancel(live.step);
    this.#cancel(live.wake);
    for (const container of live.containers) this.#parts.containers.ignore(container);
    if (live.sandbox === undefined && live.losses === 0) this.#vanish(live);
    else this.goOn(live);
  }

  // As kuberuntime_termination_order.go: all others first, side by side, then one sidecar after the
  // other, the last one first; they share the pod's grace period.
  goOn(live: LivePod): void {
    const {store, lives, containers} = this.#parts;
    const plan = lives.plan(live);
    const running = live.containers.flatMap(({state}, index) => (state === 'running' ? index : []));
    const others = running.filter(index => !plan.containers[index].sidecar);
    const next = others.length > 0 ? others : running.slice(-1);
    const given = live.ending?.grace ?? store.pods.deletionGrace(live.pod);
    const grace = Math.max(0, given - (this.#simulation.now - live.stopBegan));
    for (const index of next) containers.stop(live, index, grace);
    if (next.length === 0) this.#stopSandbox(live);
  }

  // As pod_workers.go: it has to see twice that nothing runs, before cleaning up and after.
  #stopSandbox(live: LivePod): void {
    const {chances, options, listeners} = this.#parts;
    const takes = chances.draw(live, 'sandbox-stop', options.sandboxStop);
    const sees = chances.draw(live, 'observe-stop', options.observe);
    const seesAgain = chances.draw(live, 'observe-cleanup', options.observe);
    listeners.removeAfter(live, takes);
    live.step = this.#sandboxStopped.after(takes + sees + seesAgain, live.pod);
  }

  #vanish(live: LivePod): void {
    const {api, leave} = this.#parts;
    leave(live);
    if (live.ending === undefined) api.confirmDeleted(live.pod);
    else api.reportEnded(live.pod, 'Failed', live.ending.reason);
  }

  #cancel(handle: EventHandle | undefined): void {
    if (handle !== undefined) this.#simulation.cancel(handle);
  }
}
