// What a pod needs before its first container: its volumes, then its sandbox.
//
//   volumes ─▶ what they name is there? ─yes─▶ sandbox ─▶ ready for containers
//                │ no      ▲
//                └─▶ FailedMount, again after 0.5 s, 1 s … 122 s

import type {EventKind, Simulation} from '../engine/simulation.ts';
import {milliseconds, second, type Time, toTime} from '../engine/time.ts';
import type {PodId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import {missingVolume} from './configuration.ts';
import type {KubeletOptions} from './kubelet-options.ts';
import type {LivePod} from './live-pod.ts';
import type {LivePods} from './live-pods.ts';
import type {PodChances} from './pod-chances.ts';

// As goroutinemap/exponentialbackoff, of each volume operation.
const firstDelay: Time = milliseconds(500);
const longestDelay: Time = 122 * second;

export type PodSetupOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly lives: LivePods;
  readonly options: KubeletOptions;
  readonly chances: PodChances;
  readonly ready: (live: LivePod) => void;
};

export class PodSetup {
  readonly #parts: PodSetupOptions;
  readonly #mounted: EventKind<PodId>;
  readonly #sandboxReady: EventKind<PodId>;

  constructor(parts: PodSetupOptions) {
    const {simulation, lives, ready} = parts;
    this.#parts = parts;
    this.#mounted = simulation.event('kubelet.volumes-set-up', (pod: PodId) =>
      this.#mount(lives.of(pod)),
    );
    this.#sandboxReady = simulation.event('kubelet.sandbox-ready', (pod: PodId) =>
      ready(lives.of(pod)),
    );
  }

  begin(live: LivePod): void {
    const {simulation, lives, options, chances} = this.#parts;
    const given = options.podStart !== undefined;
    const takes = given ? 0 : chances.slowed(live, chances.draw(live, 'volumes', options.volumes));
    live.busy = true;
    live.mountDelay = 0;
    live.setUpFrom = simulation.now;
    if (lives.plan(live).spec.volumeReferences.length === 0) this.#makeSandbox(live, takes);
    else live.step = this.#mounted.after(takes, live.pod);
  }

  #mount(live: LivePod): void {
    const {store, lives, chances, simulation} = this.#parts;
    const {volumeReferences} = lives.plan(live).spec;
    const missing = missingVolume(store, store.pods.namespace(live.pod), volumeReferences);
    if (missing === undefined) {
      const waited = live.mountDelay > 0;
      const seenAt = waited ? chances.mountSeenAt(live, live.setUpFrom) : simulation.now;
      this.#makeSandbox(live, seenAt - simulation.now);
      return;
    }
    store.signals.lacking.emit(live.pod, 'mount-failed', missing);
    live.mountDelay = Math.min(longestDelay, Math.max(firstDelay, 2 * live.mountDelay));
    live.step = this.#mounted.after(live.mountDelay, live.pod);
  }

  /** `mounted`: so long from now. */
  #makeSandbox(live: LivePod, mounted: Time): void {
    const {simulation, options, chances} = this.#parts;
    const {podStart, sandbox} = options;
    const made =
      podStart === undefined
        ? chances.slowed(live, chances.draw(live, 'sandbox', sandbox))
        : toTime(chances.draw(live, 'pod-start', podStart) * chances.slowness(live.node));
    live.probesFrom = simulation.now + mounted;
    live.step = this.#sandboxReady.after(mounted + made, live.pod);
  }
}
