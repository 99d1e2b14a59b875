// How much of a pod's start went into init containers and image pulls, which the official pod
// start-up latency leaves out.

import type {Time} from '../engine/time.ts';
import type {PodId} from '../objects/ids.ts';
import type {ContainerStep} from '../objects/pod-signals.ts';
import type {World} from './world.ts';

type Exclusion = {
  excluded: Time;
  /** Since when it has been at what does not count. */
  since: Time | undefined;
  /** Containers that wait for their images; `init` stands for all init containers together. */
  readonly waitingFor: Set<number | 'init'>;
};

export class StartExclusions {
  readonly #world: World;
  /** Of pods on their way to a start. */
  readonly #pods = new Map<PodId, Exclusion>();

  constructor(world: World) {
    this.#world = world;
    const {signals} = world.store;
    signals.container.watch((pod, container, step) => this.#note(pod, container, step));
    signals.deleted.watch(pod => this.#pods.delete(pod));
    world.simulation.part('metrics.start-exclusions', this);
  }

  /** To be asked once, when the pod has started. */
  take(pod: PodId): Time {
    const excluded = this.#pods.get(pod)?.excluded ?? 0;
    this.#pods.delete(pod);
    return excluded;
  }

  save() {
    return this.#pods;
  }

  restore(saved: ReturnType<StartExclusions['save']>): void {
    this.#pods.clear();
    for (const [pod, exclusion] of saved) this.#pods.set(pod, exclusion);
  }

  #note(pod: PodId, container: number, step: ContainerStep): void {
    const {pods} = this.#world.store;
    if (pods.startedAt(pod) !== undefined) return;
    const exclusion = this.#of(pod);
    if (container < pods.template(pod).spec.initContainers.length) {
      this.#begin(exclusion, 'init');
      return;
    }
    this.#end(exclusion, 'init');
    if (step === 'pulling') this.#begin(exclusion, container);
    else if (step === 'pulled') this.#end(exclusion, container);
  }

  #of(pod: PodId): Exclusion {
    const known = this.#pods.get(pod);
    if (known !== undefined) return known;
    const exclusion: Exclusion = {excluded: 0, since: undefined, waitingFor: new Set()};
    this.#pods.set(pod, exclusion);
    return exclusion;
  }

  #begin(exclusion: Exclusion, what: number | 'init'): void {
    exclusion.since ??= this.#world.simulation.now;
    exclusion.waitingFor.add(what);
  }

  #end(exclusion: Exclusion, what: number | 'init'): void {
    exclusion.waitingFor.delete(what);
    if (exclusion.since === undefined || exclusion.waitingFor.size > 0) return;
    exclusion.excluded += this.#world.simulation.now - exclusion.since;
    exclusion.since = undefined;
  }
}
