// What the pods of each node ask for together, so that a kubelet turns away what does not fit. As
// its admission handler (generalFilter): schedulers may err, or know the node from before.

import type {FailureReason} from '../objects/failure-reason.ts';
import type {NodeId} from '../objects/ids.ts';
import type {Resources} from '../objects/resources.ts';
import type {Store} from '../objects/store.ts';

type Taken = {
  cpuMillicores: number;
  memoryBytes: number;
  ephemeralStorageBytes: number;
  pods: number;
};

export class NodeRoom {
  readonly #store: Store;
  #taken = new Map<NodeId, Taken>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Why the pod does not fit, or `undefined`. */
  refusal(node: NodeId, requests: Resources): FailureReason | undefined {
    const allocatable = this.#store.nodes.get(node)?.allocatable;
    if (allocatable === undefined) return undefined;
    const taken = this.#takenOn(node);
    const exceeds = (name: string, wanted: number, held: number) =>
      wanted > 0 && held + wanted > (allocatable.get(name) ?? 0);
    // Nodes in tests and examples may not say how many pods they take.
    if (allocatable.has('pods') && exceeds('pods', 1, taken.pods)) return 'OutOfpods';
    if (exceeds('cpu', requests.cpuMillicores, taken.cpuMillicores)) return 'OutOfcpu';
    if (exceeds('memory', requests.memoryBytes, taken.memoryBytes)) return 'OutOfmemory';
    return exceeds('ephemeral-storage', requests.ephemeralStorageBytes, taken.ephemeralStorageBytes)
      ? 'OutOfephemeral-storage'
      : undefined;
  }

  /** Share of the pods that the node takes; 0 where it does not say how many. */
  fullness(node: NodeId): number {
    const most = this.#store.nodes.get(node)?.allocatable.get('pods');
    return most === undefined || most === 0 ? 0 : Math.min(1, this.#takenOn(node).pods / most);
  }

  take(node: NodeId, requests: Resources): void {
    this.#add(node, requests, 1);
  }

  release(node: NodeId, requests: Resources): void {
    this.#add(node, requests, -1);
  }

  save() {
    return this.#taken;
  }

  restore(saved: ReturnType<NodeRoom['save']>): void {
    this.#taken = saved;
  }

  #add(node: NodeId, requests: Resources, sign: 1 | -1): void {
    const taken = this.#takenOn(node);
    taken.cpuMillicores += sign * requests.cpuMillicores;
    taken.memoryBytes += sign * requests.memoryBytes;
    taken.ephemeralStorageBytes += sign * requests.ephemeralStorageBytes;
    taken.pods += sign;
  }

  #takenOn(node: NodeId): Taken {
    const known = this.#taken.get(node);
    if (known !== undefined) return known;
    const taken = {cpuMillicores: 0, memoryBytes: 0, ephemeralStorageBytes: 0, pods: 0};
    this.#taken.set(node, taken);
    return taken;
  }
}
