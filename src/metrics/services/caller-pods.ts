// Clients that are pods: one on a node for each pod of those meant that runs there. Several entries
// that mean the same pods are several of these; a pod may be a client of many.

import type {NodeId, PodId} from '../../objects/ids.ts';
import {isPodMeant, type PodsWanted} from '../../objects/pod-targets.ts';
import type {Census} from '../census.ts';
import type {World} from '../world.ts';
import {Callers} from './callers.ts';

export class CallerPods {
  readonly callers: Callers;
  readonly #wanted: PodsWanted;
  readonly #world: World;
  /** Where each runs that does. */
  #running = new Map<PodId, NodeId>();

  constructor(wanted: PodsWanted, world: World, census: Census) {
    this.callers = new Callers(world.machines);
    this.#wanted = wanted;
    this.#world = world;
    const {signals} = world.store;
    signals.serving.watch(pod => this.#come(pod));
    signals.broken.watch(pod => this.#go(pod));
    census.over.watch(pod => this.#go(pod));
    signals.deleted.watch(pod => this.#go(pod));
  }

  save() {
    return {callers: this.callers.save(), running: [...this.#running]};
  }

  restore(saved: ReturnType<CallerPods['save']>): void {
    this.callers.restore(saved.callers);
    this.#running = new Map(saved.running);
  }

  #come(pod: PodId): void {
    const {store} = this.#world;
    const node = store.pods.node(pod);
    if (node === undefined || this.#running.has(pod)) return;
    if (!isPodMeant(pod, this.#wanted, store)) return;
    this.#running.set(pod, node);
    this.callers.stand(node, 1);
  }

  #go(pod: PodId): void {
    const node = this.#running.get(pod);
    if (node === undefined) return;
    this.#running.delete(pod);
    this.callers.stand(node, -1);
  }
}
