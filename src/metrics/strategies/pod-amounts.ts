// What each pod asks for, in the three resources that strategies are judged by, from its creation
// on: read once, so that what is given back is what was taken.

import type {PodId} from '../../objects/ids.ts';
import type {PodSpec, PodTemplate} from '../../objects/pod-spec.ts';
import {PodRequests} from '../pod-requests.ts';
import {roomFor} from '../rows.ts';
import type {World} from '../world.ts';
import {gpuAsked} from './gpu-asked.ts';

/** Amounts of them are in millicores, bytes and thousandths of a device. */
export const resources = ['cpu', 'memory', 'gpu'] as const;

export class PodAmounts {
  readonly #world: World;
  readonly #requests = new PodRequests();
  readonly #gpus = new WeakMap<PodSpec, number>();
  // By PodId.
  #amounts = resources.map(() => new Float64Array(64));

  /** Before the census, whose watchers ask: a pod may be bound as it is created. */
  constructor(world: World) {
    this.#world = world;
    world.store.signals.created.watch(pod => this.#keep(pod));
    world.simulation.part('metrics.pod-amounts', this);
  }

  /** `which`: as `resources` has them. */
  of(pod: PodId, which: number): number {
    return this.#amounts[which][pod];
  }

  save(): Float64Array<ArrayBuffer>[] {
    return this.#amounts;
  }

  restore(saved: Float64Array<ArrayBuffer>[]): void {
    this.#amounts = saved;
  }

  #keep(pod: PodId): void {
    const template = this.#world.store.pods.template(pod);
    const {cpuMillicores, memoryBytes} = this.#requests.of(template);
    this.#set(0, pod, cpuMillicores);
    this.#set(1, pod, memoryBytes);
    this.#set(2, pod, this.#gpuOf(template));
  }

  #set(which: number, pod: PodId, amount: number): void {
    const column = roomFor(this.#amounts[which], pod);
    column[pod] = amount;
    this.#amounts[which] = column;
  }

  #gpuOf({spec}: PodTemplate): number {
    let milli = this.#gpus.get(spec);
    if (milli === undefined) {
      const asked = gpuAsked(spec);
      milli = asked.count * asked.milli;
      this.#gpus.set(spec, milli);
    }
    return milli;
  }
}
