// The kubelets of all nodes, with every step of a pod's life: which pods they have, and what they
// learn from the API. What becomes of each is in pod-life.ts.
//
//   bound ──▶ fits? ──yes──▶ its life on the node ──▶ ended, or deletion confirmed
//               └───no───▶ Failed (OutOfcpu, OutOfmemory, OutOfpods, NodeShutdown, Evicted)

import {Signal} from '../engine/signal.ts';
import type {Simulation} from '../engine/simulation.ts';
import {second, type Time} from '../engine/time.ts';
import type {ContainerPhysics} from '../machines/container-physics.ts';
import type {Listeners} from '../machines/listeners.ts';
import type {Machines} from '../machines/machines.ts';
import type {Registry} from '../machines/registry.ts';
import type {ApiClient, ApiConnector} from '../objects/api-client.ts';
import type {FailureReason} from '../objects/failure-reason.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import type {WatchDelay} from '../objects/watch.ts';
import type {BehaviourEntry} from './behaviour-options.ts';
import {ContainerStrikes} from './container-strikes.ts';
import {KernelMemory} from './kernel-memory.ts';
import type {KubeletOptions} from './kubelet-options.ts';
import type {KubeletProcesses} from './kubelet-processes.ts';
import type {LivePod} from './live-pod.ts';
import {LivePods} from './live-pods.ts';
import {MemoryPressure} from './memory-pressure.ts';
import {MemoryUse} from './memory-use.ts';
import {NodeRoom} from './node-room.ts';
import type {NodePods} from './node-shutdown.ts';
import {PodLife} from './pod-life.ts';
import {StatusReconciliation} from './status-reconciliation.ts';
import {PodWatch} from './watch-pods.ts';

export type DetailedKubeletOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  /** `undefined` where nobody calls any pod. */
  readonly listeners: Listeners | undefined;
  readonly processes: KubeletProcesses;
  readonly registry: Registry;
  readonly api: ApiConnector;
  /** From a change's being stored to the kubelets' learning of it. */
  readonly watchDelay: WatchDelay;
  readonly options: KubeletOptions;
  readonly behaviours: readonly BehaviourEntry[];
  /** Its kubelet takes no more pods. */
  readonly refuses: (node: NodeId) => boolean;
};

// As immediateEvictionGracePeriodSeconds; killing a container takes longer than that at least.
const evictionGrace: Time = second;

export class DetailedKubelet implements NodePods {
  readonly left = new Signal<[pod: PodId, node: NodeId]>();
  readonly #api: ApiClient;
  readonly #lives: LivePods;
  readonly #room: NodeRoom;
  readonly #life: PodLife;
  readonly #pressure: MemoryPressure;
  readonly #refuses: (node: NodeId) => boolean;
  /** What faults do to containers. */
  readonly physics: ContainerPhysics;

  constructor({behaviours, ...parts}: DetailedKubeletOptions) {
    const {simulation, store, processes} = parts;
    const limits = {qps: undefined, burst: 1};
    const api = parts.api.connect({name: 'kubelet', limits, replies: {}});
    this.#api = api;
    this.#refuses = parts.refuses;
    this.#lives = new LivePods(store, behaviours);
    this.#room = new NodeRoom(store);
    const left = (live: LivePod) => this.#forget(live);
    const memory = new MemoryUse(simulation, this.#lives);
    this.#life = new PodLife({...parts, api, lives: this.#lives, room: this.#room, memory, left});
    this.#pressure = this.#watchMemory(memory, parts);
    this.physics = new ContainerStrikes(this.#lives, this.#life.containers, memory);
    simulation.part('kubelet', this);
    processes.died.watch(node => this.#each(node, live => this.#life.lose(live)));
    processes.stopped.watch(node => this.#each(node, live => this.#life.neglect(live)));
    this.#watchPods(parts);
  }

  #watchPods({
    simulation,
    store,
    processes,
    watchDelay: delay,
  }: Omit<DetailedKubeletOptions, 'behaviours'>) {
    const holdsReady = (pod: PodId) => {
      const live = this.#lives.get(pod);
      return live?.ready === true && live.attended;
    };
    const statuses = new StatusReconciliation({
      ...{simulation, store, processes, holdsReady},
      api: this.#api,
    });
    new PodWatch(
      {simulation, store, processes, delay},
      {
        bound: (pod, node) => this.#admit(pod, node),
        terminating: pod => this.#stop(pod),
        deleted: pod => this.#drop(pod),
        markedUnready: pod => statuses.expect(pod),
        foundAgain: pod => this.#life.findAgain(this.#lives.of(pod)),
        has: pod => this.#lives.get(pod) !== undefined,
        holdsReady,
        podsOn: node => this.podsOn(node),
      },
    );
  }

  #watchMemory(
    use: MemoryUse,
    {simulation, store, processes, options}: Omit<DetailedKubeletOptions, 'behaviours'>,
  ): MemoryPressure {
    const thresholdBytes = options.evictionHard['memory.available'];
    const kill = (live: LivePod, index: number) => this.#life.containers.killForMemory(live, index);
    new KernelMemory({simulation, store, use, thresholdBytes, kill});
    return new MemoryPressure({
      ...{simulation, store, processes, use, thresholdBytes, lives: this.#lives, api: this.#api},
      transitionPeriod: options.evictionPressureTransitionPeriod,
      evict: pod => this.terminate(pod, evictionGrace, 'Evicted'),
    });
  }

  podsOn(node: NodeId): PodId[] {
    return this.#lives.on(node).map(({pod}) => pod);
  }

  terminate(pod: PodId, grace: Time, reason: FailureReason): void {
    this.#life.terminate(this.#lives.of(pod), {grace, reason});
  }

  save() {
    return {lives: this.#lives.save(), room: this.#room.save()};
  }

  restore(saved: ReturnType<DetailedKubelet['save']>): void {
    this.#lives.restore(saved.lives);
    this.#room.restore(saved.room);
  }

  #each(node: NodeId, step: (live: LivePod) => void): void {
    this.#life.abortPulls(node);
    for (const live of this.#lives.on(node)) step(live);
  }

  #admit(pod: PodId, node: NodeId): void {
    if (this.#refuses(node)) {
      this.#api.reportEnded(pod, 'Failed', 'NodeShutdown');
      return;
    }
    const live = this.#lives.add(pod, node);
    const {requests} = this.#lives.plan(live);
    const refusal = this.#pressure.refuses(pod, node)
      ? 'Evicted'
      : this.#room.refusal(node, requests);
    if (refusal !== undefined) {
      this.#lives.delete(live);
      this.#api.reportEnded(pod, 'Failed', refusal);
      return;
    }
    this.#room.take(node, requests);
    this.#life.begin(live);
  }

  #stop(pod: PodId): void {
    const live = this.#lives.get(pod);
    if (live === undefined) this.#api.confirmDeleted(pod);
    else this.#life.stop(live);
  }

  /** The object is gone, so the containers must not stay (nor, if they never ran, start). */
  #drop(pod: PodId): void {
    const live = this.#lives.get(pod);
    if (live !== undefined) this.#life.leave(live);
  }

  #forget(live: LivePod): void {
    this.#room.release(live.node, this.#lives.plan(live).requests);
    this.#lives.delete(live);
    this.left.emit(live.pod, live.node);
    this.#pressure.left(live.serial, live.node);
  }
}
