// Which pods each node has, as the view knows them.

import type {NodeId, PodId} from '../objects/ids.ts';
import type {KnownPod} from './known-pod.ts';

export class Placed {
  readonly #pods = new Map<NodeId, Map<PodId, KnownPod>>();

  /** In the order of creation. */
  podsOn(node: NodeId): KnownPod[] {
    return [...(this.#pods.get(node)?.values() ?? [])].sort((a, b) => a.serial - b.serial);
  }

  add(pod: KnownPod): void {
    if (pod.node === undefined) return;
    const neighbours = this.#pods.get(pod.node);
    if (neighbours === undefined) this.#pods.set(pod.node, new Map([[pod.id, pod]]));
    else neighbours.set(pod.id, pod);
  }

  remove({id, node}: KnownPod): void {
    if (node === undefined) return;
    const neighbours = this.#pods.get(node);
    neighbours?.delete(id);
    if (neighbours?.size === 0) this.#pods.delete(node);
  }
}
