// Pods that preemption made room for, by the node they wait for (kube-scheduler's nominator).
// While they wait, others of lower priority may not take that room.

import type {PodInfo} from './pod-info.ts';

const none: readonly PodInfo[] = [];

export class Nominations {
  readonly #byNode = new Map<string, PodInfo[]>();

  get empty(): boolean {
    return this.#byNode.size === 0;
  }

  /** In the order of their nomination. */
  on(node: string): readonly PodInfo[] {
    return this.#byNode.get(node) ?? none;
  }

  add(pod: PodInfo, node: string): void {
    this.remove(pod);
    pod.nominatedNode = node;
    const pods = this.#byNode.get(node);
    if (pods === undefined) this.#byNode.set(node, [pod]);
    else pods.push(pod);
  }

  remove(pod: PodInfo): void {
    if (pod.nominatedNode === undefined) return;
    const others = this.on(pod.nominatedNode).filter(other => other !== pod);
    if (others.length === 0) this.#byNode.delete(pod.nominatedNode);
    else this.#byNode.set(pod.nominatedNode, others);
    pod.nominatedNode = undefined;
  }

  /** In a total order, to be saved. */
  entries(): [node: string, pods: readonly PodInfo[]][] {
    return [...this.#byNode];
  }
}
