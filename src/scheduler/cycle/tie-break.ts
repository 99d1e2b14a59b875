// Which of several nodes with the same best total is taken, by version of Kubernetes.

import type {RandomStream} from '../../engine/random.ts';

/**
 * As selectHost up to 1.34: the k-th best replaces the choice with probability 1/k, so each is
 * equally likely. `positions` are those of the best in the feasible list.
 */
export function anyOfTheBest(positions: ArrayLike<number>, random: RandomStream): number {
  let chosen = positions[0];
  for (let i = 1; i < positions.length; i++) {
    if (random.integer(0, i) === 0) chosen = positions[i];
  }
  return chosen;
}

/**
 * As selectHost from 1.35 on without extenders: the best comes from a heap in which equals never
 * change places, so the winner is the first in pre-order of the heap's tree (0, 1, 3, 7, …, 4, …,
 * 2). `positions` ascend.
 */
export function firstInHeapOrder(positions: ArrayLike<number>): number {
  let chosen = positions[0];
  for (let i = 0; i < positions.length; i++) {
    // The leftmost path comes before all else, its upper places, which are lower numbers, first.
    if (isLeftmost(positions[i])) return positions[i];
    if (comesEarlierInHeap(positions[i], chosen)) chosen = positions[i];
  }
  return chosen;
}

// Numbered from 1, these are the powers of two.
function isLeftmost(position: number): boolean {
  return (position & (position + 1)) === 0;
}

// Numbered from 1, a place's bits spell the path to it from the root (0 left, 1 right).
function comesEarlierInHeap(position: number, other: number): boolean {
  const place = position + 1;
  const otherPlace = other + 1;
  const deeper = Math.clz32(otherPlace) - Math.clz32(place);
  if (deeper > 0) return place >>> deeper < otherPlace;
  // Whoever is on the other's path to the root comes first.
  return place <= otherPlace >>> -deeper;
}

export type NodeTotal = {readonly total: number; readonly tieBreak: number};

/**
 * The order in which Go's container/heap gives up the nodes: by total, then tie value (filled in
 * only for nodes that an extender scored), then as the heap's shape has it.
 */
export function heapOrder<T extends NodeTotal>(nodes: readonly T[]): T[] {
  const heap = [...nodes];
  for (let i = (heap.length >> 1) - 1; i >= 0; i--) sink(heap, i);
  const order: T[] = [];
  while (heap.length > 0) {
    order.push(heap[0]);
    const last = heap.pop();
    if (last === undefined || heap.length === 0) break;
    heap[0] = last;
    sink(heap, 0);
  }
  return order;
}

function sink(heap: NodeTotal[], from: number): void {
  for (let i = from; ; ) {
    const left = 2 * i + 1;
    if (left >= heap.length) return;
    const right = left + 1;
    const child = right < heap.length && isAbove(heap[right], heap[left]) ? right : left;
    if (!isAbove(heap[child], heap[i])) return;
    [heap[i], heap[child]] = [heap[child], heap[i]];
    i = child;
  }
}

function isAbove(node: NodeTotal, other: NodeTotal): boolean {
  return node.total === other.total ? node.tieBreak > other.tieBreak : node.total > other.total;
}
