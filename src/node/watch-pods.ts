// How kubelets hear of their pods. A real kubelet selects by `spec.nodeName`, so it hears of a pod
// from its binding on; what it reported itself is no news to it.
//
// One watch serves all nodes. What is told of a node whose kubelet does not hear is left; when it
// hears again, it compares what it knows with what the API holds then, as after a new list.

import type {Simulation} from '../engine/simulation.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import {Watch, type WatchDelay} from '../objects/watch.ts';
import type {KubeletProcesses} from './kubelet-processes.ts';

export type PodListener = {
  readonly bound: (pod: PodId, node: NodeId) => void;
  readonly terminating: (pod: PodId) => void;
  readonly deleted: (pod: PodId) => void;
  /** Somebody else has set the condition Ready of a pod that it holds ready to False. */
  readonly markedUnready: (pod: PodId) => void;
  /** The kubelet has started since it last had to do with it: a pod that still is to run. */
  readonly foundAgain: (pod: PodId) => void;
  readonly has: (pod: PodId) => boolean;
  readonly holdsReady: (pod: PodId) => boolean;
  /** All that the node's kubelet has, or finds on its disk. */
  readonly podsOn: (node: NodeId) => Iterable<PodId>;
};

export type WatchPodsOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly processes: KubeletProcesses;
  /** From a change's being stored to the kubelets' learning of it. */
  readonly delay: WatchDelay;
};

export class PodWatch {
  readonly #simulation: Simulation;
  readonly #store: Store;
  readonly #processes: KubeletProcesses;
  readonly #listener: PodListener;
  /** What the last change goes back to of which a pod's kubelet has not heard. */
  #missed = new Map<NodeId, Map<PodId, number>>();

  constructor({simulation, store, processes, delay}: WatchPodsOptions, listener: PodListener) {
    this.#simulation = simulation;
    this.#store = store;
    this.#processes = processes;
    this.#listener = listener;
    const {log} = store.pods;
    const mark = (row: number) => log.kind(row) === 'unready';
    new Watch(simulation, log, {
      name: 'kubelet.pods',
      delay,
      kinds: ['bound', 'terminating', 'deleted', 'unready'],
      selects: row => !mark(row) || listener.holdsReady(log.id(row) as PodId),
      changed: row => this.#tell(row),
    });
    processes.listed.watch((node, first) => this.#compare(node, first));
    simulation.part('node.pods', this);
  }

  #tell(row: number): void {
    const {log} = this.#store.pods;
    const pod = log.id(row) as PodId;
    const node = this.#store.pods.node(pod);
    if (node === undefined) return;
    const kind = log.kind(row);
    const listener = this.#listener;
    if (!this.#processes.hears(node)) this.#miss(node, pod, row);
    // It may be in a list that was made since.
    else if (kind === 'bound') {
      if (!listener.has(pod)) listener.bound(pod, node);
    } else if (kind === 'terminating') listener.terminating(pod);
    else if (kind === 'deleted') listener.deleted(pod);
    else listener.markedUnready(pod);
  }

  #miss(node: NodeId, pod: PodId, row: number): void {
    const {log, numbers} = this.#store.pods;
    const missed = this.#missed.get(node) ?? new Map<PodId, number>();
    this.#missed.set(node, missed);
    missed.set(pod, log.cause(row));
    // Whatever the node still has of it must not be taken for another pod.
    if (log.kind(row) === 'deleted') numbers.keep(pod);
  }

  #compare(node: NodeId, first: boolean): void {
    const {pods} = this.#store;
    const missed = this.#missed.get(node);
    this.#missed.delete(node);
    const {cause} = this.#simulation;
    for (const pod of [...this.#listener.podsOn(node)]) {
      if (pods.exists(pod)) continue;
      this.#simulation.cause = missed?.get(pod) ?? cause;
      this.#listener.deleted(pod);
    }
    for (const pod of missed?.keys() ?? []) if (!pods.exists(pod)) pods.numbers.letGo(pod);
    for (const pod of pods.on(node)) {
      this.#simulation.cause = missed?.get(pod) ?? cause;
      this.#find(pod, node, first);
    }
    this.#simulation.cause = cause;
  }

  #find(pod: PodId, node: NodeId, first: boolean): void {
    const {pods} = this.#store;
    const listener = this.#listener;
    const phase = pods.phase(pod);
    const known = listener.has(pod);
    if (phase === 'Succeeded' || phase === 'Failed') {
      if (known) listener.deleted(pod);
      // As status_manager.go: what has ended and is to go, its kubelet removes.
      if (pods.terminating(pod)) listener.terminating(pod);
    } else if (pods.terminating(pod)) listener.terminating(pod);
    else if (!known) listener.bound(pod, node);
    else if (first) listener.foundAgain(pod);
    else if (listener.holdsReady(pod) && !pods.ready(pod)) listener.markedUnready(pod);
  }

  save() {
    return this.#missed;
  }

  restore(saved: ReturnType<PodWatch['save']>): void {
    this.#missed = saved;
  }
}
