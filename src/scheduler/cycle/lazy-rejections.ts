// The rejection of each node, worked out when somebody first asks: most pods that fit nowhere may
// not preempt others anyway.

import type {NodeInfo} from '../cache/node-info.ts';
import type {FilterFailures, Rejection} from '../framework.ts';
import type {Failure} from '../profile.ts';

export class LazyRejections implements FilterFailures {
  readonly #failures: () => ReadonlyMap<NodeInfo, Failure>;
  #known: ReadonlyMap<NodeInfo, Rejection> | undefined = undefined;

  constructor(failures: () => ReadonlyMap<NodeInfo, Failure>) {
    this.#failures = failures;
  }

  get size(): number {
    return this.#all().size;
  }

  get(node: NodeInfo): Rejection | undefined {
    return this.#all().get(node);
  }

  has(node: NodeInfo): boolean {
    return this.#all().has(node);
  }

  forEach(
    tell: (rejection: Rejection, node: NodeInfo, all: FilterFailures) => void,
    self?: unknown,
  ): void {
    for (const [node, rejection] of this) tell.call(self, rejection, node, this);
  }

  entries(): MapIterator<[NodeInfo, Rejection]> {
    return this.#all().entries();
  }

  keys(): MapIterator<NodeInfo> {
    return this.#all().keys();
  }

  values(): MapIterator<Rejection> {
    return this.#all().values();
  }

  [Symbol.iterator](): MapIterator<[NodeInfo, Rejection]> {
    return this.entries();
  }

  #all(): ReadonlyMap<NodeInfo, Rejection> {
    if (this.#known !== undefined) return this.#known;
    const rejections = new Map<NodeInfo, Rejection>();
    for (const [node, {rejection}] of this.#failures()) rejections.set(node, rejection);
    this.#known = rejections;
    return rejections;
  }
}
