// How much memory containers use, as far as the scenario says it: so much from their start on, and
// so much more every second. When a limit is reached is worked out, not sampled.

import {Signal} from '../engine/signal.ts';
import type {EventKind, Simulation} from '../engine/simulation.ts';
import {minute, second, type Time} from '../engine/time.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {LiveContainer, LivePod} from './live-pod.ts';
import type {LivePods} from './live-pods.ts';

export type ContainerMemory = {
  readonly node: NodeId;
  readonly bytes: number;
  /** When it used so much. */
  readonly at: Time;
  /** A microsecond. */
  readonly growth: number;
  /** What its growth goes back to. */
  readonly cause: number;
};

export type Use = {
  readonly live: LivePod;
  readonly index: number;
  readonly memory: ContainerMemory;
};

export class MemoryUse {
  /** How much is used there, or how fast it grows, has changed. */
  readonly changed = new Signal<[node: NodeId]>();
  /** A container has used up its limit. */
  readonly exhausted = new Signal<[live: LivePod, container: number]>();
  readonly #simulation: Simulation;
  readonly #lives: LivePods;
  readonly #exhausted: EventKind<PodId, number>;

  constructor(simulation: Simulation, lives: LivePods) {
    this.#simulation = simulation;
    this.#lives = lives;
    this.#exhausted = simulation.event('container.out-of-memory', (pod: PodId, index: number) =>
      this.exhausted.emit(lives.of(pod), index),
    );
  }

  /** A container has started. */
  begin(live: LivePod, index: number): void {
    const {memory} = this.#lives.plan(live).behaviours[index];
    if (memory === undefined) return;
    this.#set(live, index, {bytes: memory.use, growth: memory.leakPerMinute / minute});
  }

  /** From now on it uses so much more every second. */
  leak(live: LivePod, index: number, bytesPerSecond: number): void {
    const {memory} = live.containers[index];
    const bytes = memory === undefined ? 0 : bytesAt(memory, this.#simulation.now);
    const growth = (memory?.growth ?? 0) + bytesPerSecond / second;
    this.#set(live, index, {bytes, growth});
  }

  /** A container has ended. */
  release(container: LiveContainer): void {
    const {memory, outOfMemory} = container;
    if (memory === undefined) return;
    if (outOfMemory !== undefined) this.#simulation.cancel(outOfMemory);
    container.memory = undefined;
    container.outOfMemory = undefined;
    this.changed.emit(memory.node);
  }

  /** Of all containers of a node that use any. */
  on(node: NodeId): Use[] {
    return this.#lives
      .on(node)
      .flatMap(live =>
        live.containers.flatMap(({memory}, index) =>
          memory === undefined ? [] : {live, index, memory},
        ),
      );
  }

  #set(live: LivePod, index: number, {bytes, growth}: {bytes: number; growth: number}): void {
    const {now, cause} = this.#simulation;
    const container = live.containers[index];
    if (container.outOfMemory !== undefined) this.#simulation.cancel(container.outOfMemory);
    container.memory = {node: live.node, bytes, at: now, growth, cause};
    const limit = this.#lives.plan(live).containers[index].limits.get('memory') ?? Infinity;
    const at = reachedAt([container.memory], limit, now);
    container.outOfMemory = at === Infinity ? undefined : this.#exhausted.at(at, live.pod, index);
    this.changed.emit(live.node);
  }
}

export function bytesAt({bytes, at, growth}: ContainerMemory, time: Time): number {
  return bytes + growth * (time - at);
}

/** When all together use as much, from now on; Infinity if they never do. */
export function reachedAt(memories: readonly ContainerMemory[], bytes: number, now: Time): Time {
  let left = bytes;
  let growth = 0;
  for (const memory of memories) {
    left -= bytesAt(memory, now);
    growth += memory.growth;
  }
  if (left <= 0) return now;
  return growth > 0 ? now + Math.ceil(left / growth) : Infinity;
}

/** The one that grows fastest; `undefined` where none does. */
export function fastest(memories: readonly ContainerMemory[]): ContainerMemory | undefined {
  const growing = memories.filter(({growth}) => growth > 0);
  return growing.toSorted((one, other) => other.growth - one.growth)[0];
}
