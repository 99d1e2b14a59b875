// Which nodes are in use: those that hold a pod other than a DaemonSet's, which are everywhere. As
// cluster-autoscaler sees it, the others could be given back.

import {Signal} from '../../engine/signal.ts';
import type {NodeId, PodId} from '../../objects/ids.ts';
import type {Census} from '../census.ts';
import {roomFor} from '../rows.ts';
import type {World} from '../world.ts';

export class NodesInUse {
  /** It is in use now, or no longer; told after the pod counts. */
  readonly changed = new Signal<[node: NodeId]>();
  readonly #world: World;
  // By NodeId.
  #pods = new Int32Array(64);

  constructor(world: World, census: Census) {
    this.#world = world;
    census.bound.watch((pod, node) => this.#count(pod, node, 1));
    census.over.watch(pod => {
      const node = world.store.pods.node(pod);
      if (node !== undefined) this.#count(pod, node, -1);
    });
    world.simulation.part('metrics.nodes-in-use', this);
  }

  inUse(node: NodeId): boolean {
    return node < this.#pods.length && this.#pods[node] > 0;
  }

  save(): Int32Array<ArrayBuffer> {
    return this.#pods;
  }

  restore(saved: Int32Array<ArrayBuffer>): void {
    this.#pods = saved;
  }

  #count(pod: PodId, node: NodeId, change: 1 | -1): void {
    // Its kind of owner never changes: adoption is among kinds of the same pods.
    if (this.#world.store.pods.template(pod).owner?.kind === 'DaemonSet') return;
    this.#pods = roomFor(this.#pods, node);
    this.#pods[node] += change;
    if (this.#pods[node] === (change === 1 ? 1 : 0)) this.changed.emit(node);
  }
}
