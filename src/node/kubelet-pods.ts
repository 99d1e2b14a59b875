// What the kubelets know of their pods: a row of numbers each, by the pod's number.

import type {NodeId, PodId} from '../objects/ids.ts';

/** Where a pod stands in its life on the node; `none`: no kubelet has it. */
export const lives = {none: 0, starting: 1, running: 2, stopping: 3} as const;

export class KubeletPods {
  life: Uint8Array = new Uint8Array(16);
  node: Int32Array = new Int32Array(16);
  sandbox: Int32Array = new Int32Array(16);
  /** When its lifetime is over; Infinity for a pod that stays. */
  endsAt: Float64Array = new Float64Array(16);
  /** The handle of the event that comes next in its life; of one long past when none does. */
  next: Float64Array = new Float64Array(16);

  add(pod: PodId, node: NodeId): void {
    if (pod >= this.life.length) this.#resize(Math.max(pod + 1, this.life.length * 2));
    this.life[pod] = lives.starting;
    this.node[pod] = node;
    this.endsAt[pod] = Infinity;
  }

  save(): SavedKubeletPods {
    const {life, node, sandbox, endsAt, next} = this;
    return {life, node, sandbox, endsAt, next};
  }

  restore({life, node, sandbox, endsAt, next}: SavedKubeletPods): void {
    this.life = life;
    this.node = node;
    this.sandbox = sandbox;
    this.endsAt = endsAt;
    this.next = next;
  }

  #resize(size: number): void {
    this.life = widened(this.life, new Uint8Array(size));
    this.node = widened(this.node, new Int32Array(size));
    this.sandbox = widened(this.sandbox, new Int32Array(size));
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
  endsAt: Float64Array;
  next: Float64Array;
};
