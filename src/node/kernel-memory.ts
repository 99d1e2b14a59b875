// The kernel of a node whose memory is all used up kills the container with the highest score
// (oom_kill.c), whether there is a kubelet or not. When it comes to that is worked out.
//
// What is reserved beside allocatable is taken to be used by what it is reserved for: a machine has
// what is allocatable, and the threshold below which its kubelet evicts.

import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import type {NodeId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import type {LivePod} from './live-pod.ts';
import {oomAdjustment, oomScore} from './memory-order.ts';
import {bytesAt, fastest, type MemoryUse, reachedAt, type Use} from './memory-use.ts';

export type KernelMemoryOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly use: MemoryUse;
  readonly thresholdBytes: number;
  readonly kill: (live: LivePod, container: number) => void;
};

export class KernelMemory {
  readonly #simulation: Simulation;
  readonly #store: Store;
  readonly #use: MemoryUse;
  readonly #thresholdBytes: number;
  readonly #kill: KernelMemoryOptions['kill'];
  readonly #usedUp: EventKind<NodeId>;
  #expected = new Map<NodeId, EventHandle>();

  constructor({simulation, store, use, thresholdBytes, kill}: KernelMemoryOptions) {
    this.#simulation = simulation;
    this.#store = store;
    this.#use = use;
    this.#thresholdBytes = thresholdBytes;
    this.#kill = kill;
    this.#usedUp = simulation.event('machine.memory-used-up', (node: NodeId) => this.#free(node));
    use.changed.watch(node => this.#plan(node));
    simulation.part('node.kernel-memory', this);
  }

  #plan(node: NodeId): void {
    const {now, cause} = this.#simulation;
    const expected = this.#expected.get(node);
    if (expected !== undefined) this.#simulation.cancel(expected);
    this.#expected.delete(node);
    const capacity = this.#capacity(node);
    if (capacity === undefined) return;
    const memories = this.#use.on(node).map(({memory}) => memory);
    const at = reachedAt(memories, capacity, now);
    if (at === Infinity) return;
    this.#simulation.cause = fastest(memories)?.cause ?? cause;
    this.#expected.set(node, this.#usedUp.at(at, node));
    this.#simulation.cause = cause;
  }

  #free(node: NodeId): void {
    this.#expected.delete(node);
    const capacityBytes = this.#capacity(node) ?? Infinity;
    const score = ({live, index, memory}: Use) => {
      const {pods} = this.#store;
      const priority = pods.priority(live.pod);
      const {spec} = pods.templateOf(live.template);
      const adjustment = oomAdjustment(spec, index, {priority, capacityBytes});
      return oomScore(bytesAt(memory, this.#simulation.now), {adjustment, capacityBytes});
    };
    const [victim] = this.#use
      .on(node)
      .map(use => ({use, score: score(use)}))
      .sort((one, other) => other.score - one.score || one.use.live.serial - other.use.live.serial);
    if (victim !== undefined) this.#kill(victim.use.live, victim.use.index);
  }

  #capacity(node: NodeId): number | undefined {
    const allocatable = this.#store.nodes.get(node)?.allocatable.get('memory');
    return allocatable === undefined ? undefined : allocatable + this.#thresholdBytes;
  }

  save() {
    return this.#expected;
  }

  restore(saved: ReturnType<KernelMemory['save']>): void {
    this.#expected = saved;
  }
}
