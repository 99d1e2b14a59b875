// What a kubelet does when its node's memory runs short. As eviction_manager.go: it looks every
// 10 s, and while less than the threshold is available it evicts one pod at a time. Looks that
// would find enough are no events.
//
//   used > allocatable ─▶ next look: MemoryPressure, a pod is evicted ─▶ gone ─▶ 1 s ─▶ look again
//                                                  enough for 5 minutes ─▶ no pressure

import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import {second, type Time, toTime} from '../engine/time.ts';
import type {ApiClient} from '../objects/api-client.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import {qosClass} from '../objects/qos.ts';
import type {Store} from '../objects/store.ts';
import {isTolerated} from '../objects/tolerations.ts';
import type {KubeletProcesses} from './kubelet-processes.ts';
import type {LivePods} from './live-pods.ts';
import {criticalPriority, evictedBefore} from './memory-order.ts';
import {bytesAt, fastest, type MemoryUse, reachedAt} from './memory-use.ts';

const lookEvery: Time = 10 * second;
/** As podCleanupPollFreq: so long after a pod is gone it looks again. */
const afterEviction: Time = second;
/** As nodeStatusUpdateFrequency. */
const reportEvery: Time = 10 * second;

const pressureTaint = {
  key: 'node.kubernetes.io/memory-pressure',
  value: '',
  effect: 'NoSchedule',
};

export type MemoryPressureOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly processes: KubeletProcesses;
  readonly lives: LivePods;
  readonly use: MemoryUse;
  readonly api: ApiClient;
  /** 0: nothing is ever evicted. */
  readonly thresholdBytes: number;
  readonly transitionPeriod: Time;
  readonly evict: (pod: PodId) => void;
};

type Watched = {
  /** A moment at which it looks; the others are 10 s apart. */
  phase: Time;
  pressure: boolean;
  /** When it last found too little. */
  foundAt: Time;
  /** What the pressure goes back to. */
  cause: number;
  /** It found too little, and nothing that it may evict. */
  helpless: boolean;
  /** Serial of the pod that it waits for. */
  evicting: number | undefined;
  look: EventHandle | undefined;
  relief: EventHandle | undefined;
};

export class MemoryPressure {
  readonly #parts: MemoryPressureOptions;
  readonly #looked: EventKind<NodeId>;
  readonly #relieved: EventKind<NodeId>;
  readonly #reported: EventKind<NodeId>;
  #nodes = new Map<NodeId, Watched>();

  constructor(parts: MemoryPressureOptions) {
    const {simulation, use, processes, thresholdBytes} = parts;
    this.#parts = parts;
    this.#looked = simulation.event('kubelet.memory-looked-at', (node: NodeId) => this.#look(node));
    this.#relieved = simulation.event('kubelet.memory-pressure-over', (node: NodeId) => {
      this.#watched(node).pressure = false;
      this.#expectReport(node);
    });
    this.#reported = simulation.event('kubelet.memory-pressure-reported', (node: NodeId) =>
      this.#report(node),
    );
    simulation.part('node.memory-pressure', this);
    if (thresholdBytes === 0) return;
    use.changed.watch(node => this.#plan(node));
    for (const gone of [processes.died, processes.stopped]) gone.watch(node => this.#forget(node));
    processes.began.watch(node => this.#begin(node));
  }

  has(node: NodeId): boolean {
    return this.#nodes.get(node)?.pressure === true;
  }

  // As Admit: of pressures the one on memory turns away only pods that ask for nothing.
  refuses(pod: PodId, node: NodeId): boolean {
    if (!this.has(node)) return false;
    const {pods} = this.#parts.store;
    const {spec} = pods.template(pod);
    if (pods.priority(pod) >= criticalPriority || qosClass(spec) !== 'BestEffort') return false;
    return !isTolerated(pressureTaint, spec.tolerations, false);
  }

  /** A pod has left the node. */
  left(serial: number, node: NodeId): void {
    const watched = this.#nodes.get(node);
    if (watched === undefined || watched.evicting !== serial) return;
    const {now} = this.#parts.simulation;
    watched.evicting = undefined;
    watched.phase = now + afterEviction;
    this.#cancel(watched.look);
    watched.look = this.#looked.at(watched.phase, node);
  }

  /** How much is used, or how fast it grows, has changed. */
  #plan(node: NodeId): void {
    const {simulation, store, use, processes} = this.#parts;
    const allocatable = store.nodes.get(node)?.allocatable.get('memory');
    if (allocatable === undefined || !processes.runs(node)) return;
    const {now, cause} = simulation;
    const memories = use.on(node).map(({memory}) => memory);
    const at = reachedAt(memories, allocatable, now);
    const watched = this.#nodes.get(node);
    if (at === Infinity && watched === undefined) return;
    this.#expectLook(node, at, fastest(memories)?.cause ?? cause);
  }

  #expectLook(node: NodeId, from: Time, cause: number): void {
    const {simulation} = this.#parts;
    const watched = this.#watched(node);
    if (watched.evicting !== undefined) return;
    if (watched.helpless) this.#noteHelplessness(node, watched);
    this.#cancel(watched.look);
    watched.look = undefined;
    if (from === Infinity) return;
    const before = simulation.cause;
    simulation.cause = cause;
    watched.look = this.#looked.at(lookAfter(watched, from), node);
    simulation.cause = before;
  }

  /** Until now it has found too little at every look. */
  #noteHelplessness(node: NodeId, watched: Watched): void {
    const {now} = this.#parts.simulation;
    watched.helpless = false;
    watched.foundAt = Math.max(watched.foundAt, lookAfter(watched, now) - lookEvery);
    this.#expectRelief(node, watched);
  }

  #look(node: NodeId): void {
    const {simulation, store, use} = this.#parts;
    const watched = this.#watched(node);
    const {now} = simulation;
    watched.look = undefined;
    const allocatable = store.nodes.get(node)?.allocatable.get('memory') ?? Infinity;
    const memories = use.on(node).map(({memory}) => memory);
    const used = memories.reduce((sum, memory) => sum + bytesAt(memory, now), 0);
    if (used <= allocatable) {
      // What is reached just now is not yet too much.
      const at = reachedAt(memories, allocatable, now);
      if (at < Infinity && fastest(memories))
        this.#expectLook(node, Math.max(at, now + 1), simulation.cause);
      return;
    }
    this.#feel(node, watched);
    const victim = this.#victim(node);
    watched.helpless = victim === undefined;
    if (victim === undefined) return;
    watched.evicting = store.pods.serial(victim);
    store.signals.container.emit(victim, 0, 'evicted');
    this.#parts.evict(victim);
  }

  #feel(node: NodeId, watched: Watched): void {
    const {simulation, store} = this.#parts;
    watched.foundAt = simulation.now;
    if (watched.pressure) simulation.cause = watched.cause;
    else {
      const target = `node/${store.nodes.nameOf(node)}`;
      watched.cause = store.causes.begin({origin: 'itself', kind: 'node-pressure', target});
      watched.pressure = true;
      this.#expectReport(node);
    }
    this.#expectRelief(node, watched);
  }

  #victim(node: NodeId): PodId | undefined {
    const {simulation, store, lives} = this.#parts;
    const {pods} = store;
    const users = lives.on(node).flatMap(live => {
      const priority = pods.priority(live.pod);
      if (live.stopping || priority >= criticalPriority) return [];
      const usedBytes = live.containers.reduce(
        (sum, {memory}) => sum + (memory === undefined ? 0 : bytesAt(memory, simulation.now)),
        0,
      );
      const requestBytes = lives.plan(live).requests.memoryBytes;
      return {pod: live.pod, serial: live.serial, usedBytes, requestBytes, priority};
    });
    return users.toSorted(evictedBefore)[0]?.pod;
  }

  #expectRelief(node: NodeId, watched: Watched): void {
    this.#cancel(watched.relief);
    const from = watched.foundAt + this.#parts.transitionPeriod;
    watched.relief = this.#relieved.at(
      Math.max(lookAfter(watched, from), this.#parts.simulation.now),
      node,
    );
  }

  #expectReport(node: NodeId): void {
    const {simulation, store} = this.#parts;
    const name = `node.pressure-report/${store.nodes.nameOf(node)}@${simulation.now}`;
    const wait = simulation.passingRandom(name).uniform(0, reportEvery);
    this.#reported.after(toTime(wait), node);
  }

  #report(node: NodeId): void {
    const {store, processes, api} = this.#parts;
    const memoryPressure = this.has(node);
    if (!processes.runs(node)) return;
    if (store.nodes.get(node)?.conditions.memoryPressure === memoryPressure) return;
    api.writeNode({verb: 'update-status', node, conditions: {memoryPressure}});
  }

  /** Its kubelet is gone, and what it knew. */
  #forget(node: NodeId): void {
    const watched = this.#nodes.get(node);
    if (watched === undefined) return;
    this.#cancel(watched.look);
    this.#cancel(watched.relief);
    this.#nodes.delete(node);
  }

  #begin(node: NodeId): void {
    if (this.#parts.store.nodes.get(node)?.conditions.memoryPressure) this.#expectReport(node);
    this.#plan(node);
  }

  #watched(node: NodeId): Watched {
    const known = this.#nodes.get(node);
    if (known !== undefined) return known;
    const {simulation, store} = this.#parts;
    const stream = simulation.passingRandom(`node.eviction-monitor/${store.nodes.nameOf(node)}`);
    const watched: Watched = {
      ...{phase: toTime(stream.uniform(0, lookEvery)), pressure: false, foundAt: 0, cause: 0},
      ...{helpless: false, evicting: undefined, look: undefined, relief: undefined},
    };
    this.#nodes.set(node, watched);
    return watched;
  }

  #cancel(handle: EventHandle | undefined): void {
    if (handle !== undefined) this.#parts.simulation.cancel(handle);
  }

  save() {
    return this.#nodes;
  }

  restore(saved: ReturnType<MemoryPressure['save']>): void {
    this.#nodes = saved;
  }
}

/** The first look at that time or after it. */
function lookAfter({phase}: Watched, time: Time): Time {
  return phase + Math.ceil((time - phase) / lookEvery) * lookEvery;
}
