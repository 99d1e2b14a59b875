// Nodes being emptied, as kubectl's drain does it (staging/src/k8s.io/kubectl/pkg/drain):
//
//   cordon ─▶ list its pods ─▶ evict them all ─▶ look every second until the last is gone
//                 │                 └─ refused by a budget: ask again every five seconds
//                 └─ one that must not be evicted: nothing is

import {Signal} from '../engine/signal.ts';
import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import {second, type Time} from '../engine/time.ts';
import type {Machines} from '../machines/machines.ts';
import type {ApiClient, ApiConnector, ApiOutcome} from '../objects/api-client.ts';
import type {DrainEnd, Drainer, DrainOptions} from '../objects/drainer.ts';
import type {NodeId, PodId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';

type Drain = {
  readonly options: DrainOptions;
  readonly timeout: EventHandle | undefined;
  /** Serials of the pods that are to go. */
  readonly pods: Map<PodId, number>;
  /** They have been listed. */
  listed: boolean;
  polling: boolean;
};

/** What a ticket stands for: the cordon of a node, its end, or the eviction of one of its pods. */
type Request = {readonly node: NodeId; readonly pod: PodId | 'uncordon' | undefined};

const askAgain: Time = 5 * second;
const lookAgain: Time = second;

/** As kubectl's client. */
const limits = {qps: 50, burst: 300};

export class Drains implements Drainer {
  readonly ended = new Signal<[node: NodeId, how: DrainEnd]>();
  readonly #store: Store;
  readonly #machines: Machines;
  readonly #simulation: Simulation;
  readonly #api: ApiClient;
  #drains = new Map<NodeId, Drain>();
  #requests = new Map<number, Request>();
  #ticket = 0;
  readonly #evictionDue: EventKind<NodeId, PodId>;
  readonly #cordonDue: EventKind<NodeId>;
  readonly #uncordonDue: EventKind<NodeId>;
  readonly #looked: EventKind<NodeId>;
  readonly #timedOut: EventKind<NodeId>;

  constructor(parts: {
    simulation: Simulation;
    store: Store;
    machines: Machines;
    api: ApiConnector;
  }) {
    const {simulation, store, machines, api} = parts;
    this.#simulation = simulation;
    this.#store = store;
    this.#machines = machines;
    this.#api = api.connect({
      name: 'kubectl-drain',
      program: 'operator',
      patient: true,
      limits,
      replies: {answered: (ticket, outcome) => this.#answered(ticket, outcome)},
    });
    this.#cordonDue = simulation.event('operator.cordon-due', (node: NodeId) => this.#cordon(node));
    this.#uncordonDue = simulation.event('operator.uncordon-due', (node: NodeId) =>
      this.uncordon(node),
    );
    this.#evictionDue = simulation.event('operator.eviction-due', (node: NodeId, pod: PodId) =>
      this.#evict(node, pod),
    );
    this.#looked = simulation.event('operator.drain-looked', (node: NodeId) => this.#look(node));
    this.#timedOut = simulation.event('operator.drain-timed-out', (node: NodeId) =>
      this.#end(node, 'timed-out'),
    );
    simulation.part('operator.drains', this);
  }

  drain(node: NodeId, options: DrainOptions = {}): void {
    if (this.#drains.has(node)) return;
    const {timeout} = options;
    this.#drains.set(node, {
      options,
      timeout: timeout === undefined ? undefined : this.#timedOut.after(timeout, node),
      pods: new Map(),
      listed: false,
      polling: false,
    });
    this.#cordon(node);
  }

  #cordon(node: NodeId): void {
    if (!this.#drains.has(node)) return;
    const ticket = this.#ticketFor({node, pod: undefined});
    this.#api.writeNode({verb: 'update', node, unschedulable: true}, ticket);
  }

  uncordon(node: NodeId): void {
    const ticket = this.#ticketFor({node, pod: 'uncordon'});
    this.#api.writeNode({verb: 'update', node, unschedulable: false}, ticket);
  }

  #ticketFor(request: Request): number {
    this.#requests.set(this.#ticket, request);
    return this.#ticket++;
  }

  #answered(ticket: number, outcome: ApiOutcome): void {
    const request = this.#requests.get(ticket);
    this.#requests.delete(ticket);
    if (request === undefined) return;
    const {node, pod} = request;
    if (pod === 'uncordon') {
      if (outcome === 'unavailable') this.#uncordonDue.after(askAgain, node);
      return;
    }
    const drain = this.#drains.get(node);
    if (drain === undefined) return;
    if (pod !== undefined) this.#evictionAnswered(drain, {node, pod, outcome});
    else if (outcome === 'unavailable') this.#cordonDue.after(askAgain, node);
    else if (outcome === 'not-found') this.#end(node, 'drained');
    else this.#list(node, drain);
  }

  #list(node: NodeId, drain: Drain): void {
    const {pods} = this.#store;
    const {ignoreDaemonSets = true, force = false} = drain.options;
    drain.listed = true;
    for (const pod of pods.on(node)) {
      const owner = pods.template(pod).owner?.kind;
      const over = pods.phase(pod) === 'Succeeded' || pods.phase(pod) === 'Failed';
      if (owner === 'DaemonSet' && ignoreDaemonSets) continue;
      if (!over && (owner === 'DaemonSet' || (owner === undefined && !force))) {
        drain.pods.clear();
        this.#end(node, 'refused');
        return;
      }
      drain.pods.set(pod, pods.serial(pod));
    }
    for (const pod of drain.pods.keys()) this.#evict(node, pod);
    this.#endIfEmpty(node, drain);
  }

  #evict(node: NodeId, pod: PodId): void {
    const drain = this.#drains.get(node);
    if (drain === undefined || !drain.pods.has(pod)) return;
    if (this.#isThere(drain, pod)) this.#api.evictPod(pod, this.#ticketFor({node, pod}));
    else this.#gone(node, drain, pod);
  }

  #evictionAnswered(
    drain: Drain,
    {node, pod, outcome}: {node: NodeId; pod: PodId; outcome: ApiOutcome},
  ): void {
    if (outcome === 'not-found') this.#gone(node, drain, pod);
    else if (outcome !== 'ok') this.#evictionDue.after(askAgain, node, pod);
    else if (!drain.polling) {
      drain.polling = true;
      this.#looked.after(lookAgain, node);
    }
  }

  #look(node: NodeId): void {
    const drain = this.#drains.get(node);
    if (drain === undefined) return;
    drain.polling = false;
    for (const pod of drain.pods.keys()) if (!this.#isThere(drain, pod)) drain.pods.delete(pod);
    this.#endIfEmpty(node, drain);
    const going = [...drain.pods.keys()].some(pod => this.#store.pods.terminating(pod));
    if (!going || !this.#drains.has(node)) return;
    drain.polling = true;
    this.#looked.after(lookAgain, node);
  }

  #isThere(drain: Drain, pod: PodId): boolean {
    const {pods} = this.#store;
    return pods.exists(pod) && pods.serial(pod) === drain.pods.get(pod);
  }

  #gone(node: NodeId, drain: Drain, pod: PodId): void {
    drain.pods.delete(pod);
    this.#endIfEmpty(node, drain);
  }

  #endIfEmpty(node: NodeId, drain: Drain): void {
    if (drain.listed && drain.pods.size === 0) this.#end(node, 'drained');
  }

  #end(node: NodeId, how: DrainEnd): void {
    const drain = this.#drains.get(node);
    if (drain === undefined) return;
    this.#drains.delete(node);
    if (drain.timeout !== undefined) this.#simulation.cancel(drain.timeout);
    if (how === 'drained' && drain.options.thenRemove === true) {
      this.#api.writeNode({verb: 'delete', node});
      this.#machines.withoutPower.take(node);
    }
    this.ended.emit(node, how);
  }

  save() {
    return {drains: this.#drains, requests: this.#requests, ticket: this.#ticket};
  }

  restore(saved: ReturnType<Drains['save']>): void {
    this.#drains = saved.drains;
    this.#requests = saved.requests;
    this.#ticket = saved.ticket;
  }
}
