// What the kubelets know of their pods: a row of numbers each, by the pod's number.

import type {NodeId, PodId} from '../objects/ids.ts';
import {PodsByNode} from '../objects/pods-by-node.ts';

/**
 * Where a pod stands in its life on the node. `none`: no kubelet has it; `lost`: its containers
 * went with the node's power; `over`: they ended while no kubelet ran to see it.
 */
export const lives = {none: 0, starting: 1, running: 2, stopping: 3, lost: 4, over: 5} as const;

export class KubeletPods {
  life: Uint8Array = new Uint8Array(16);
  node: Int32Array = new Int32Array(16);
  sandbox: Int32Array = new Int32Array(16);
  listener: Int32Array = new Int32Array(16);
  /** Its containers have run on this node. */
  ran: Uint8Array = new Uint8Array(16);
  /** It is stopped because its node shuts down, not because somebody deleted it. */
  shutDown: Uint8Array = new Uint8Array(16);
  /** When its lifetime is over; Infinity for a pod that stays. */
  endsAt: Float64Array = new Float64Array(16);
  /** The handle of the event that comes next in its life; of one long past when none does. */
  next: Float64Array = new Float64Array(16);
  #byNode = new PodsByNode();

  add(pod: PodId, node: NodeId): void {
    if (pod >= this.life.length) this.#resize(Math.max(pod + 1, this.life.length * 2));
    this.life[pod] = lives.starting;
    this.node[pod] = node;
    this.ran[pod] = 0;
    this.shutDown[pod] = 0;
    this.endsAt[pod] = Infinity;
    this.#byNode.add(pod, node);
  }

  remove(pod: PodId): void {
    this.life[pod] = lives.none;
    this.#byNode.remove(pod, this.node[pod]);
  }

  lifeOf(pod: PodId): number {
    return this.life[pod] ?? lives.none;
  }

  /** By number. */
  on(node: NodeId): PodId[] {
    return [...(this.#byNode.on(node) as Generator<PodId>)].sort((one, other) => one - other);
  }

  save(): SavedKubeletPods {
    const {life, node, sandbox, listener, ran, shutDown, endsAt, next} = this;
    return {life, node, sandbox, listener, ran, shutDown, endsAt, next};
  }

  restore(saved: SavedKubeletPods): void {
    this.life = saved.life;
    this.node = saved.node;
    this.sandbox = saved.sandbox;
    this.listener = saved.listener;
    this.ran = saved.ran;
    this.shutDown = saved.shutDown;
    this.endsAt = saved.endsAt;
    this.next = saved.next;
    this.#byNode = new PodsByNode();
    for (let pod = 0; pod < this.life.length; pod++) {
      if (this.life[pod] !== lives.none) this.#byNode.add(pod, this.node[pod]);
    }
  }

  #resize(size: number): void {
    this.life = widened(this.life, new Uint8Array(size));
    this.node = widened(this.node, new Int32Array(size));
    this.sandbox = widened(this.sandbox, new Int32Array(size));
    this.listener = widened(this.listener, new Int32Array(size));
    this.ran = widened(this.ran, new Uint8Array(size));
    this.shutDown = widened(this.shutDown, new Uint8Array(size));
    this.endsAt = widened(this.endsAt, new Float64Array(size));
    this.next = widened(this.next, new Float64Array(size));
  }
}

function widened<Column extends Uint8Array | Int32Array | Float64Array>(
  old: Column,
  wider: Column,
): Column {
  wider.set(old);
  return wider;
}

export type SavedKubeletPods = {
  life: Uint8Array;
  node: Int32Array;
  sandbox: Int32Array;
  listener: Int32Array;
  ran: Uint8Array;
  shutDown: Uint8Array;
  endsAt: Float64Array;
  next: Float64Array;
};
