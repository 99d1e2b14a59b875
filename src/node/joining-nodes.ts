// Machines that are switched on for the first time, until their kubelets have registered them.
//
//   switched on ──boot──▶ registered: not ready, tainted ──▶ ready (node-status.ts)

import type {EventKind, Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {ApiClient} from '../objects/api-client.ts';
import type {NodeJoiner} from '../objects/node-joiner.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import type {Distribution} from '../options/distribution.ts';
import {drawOnce} from './draw-once.ts';

export type JoiningNodesOptions = {
  readonly simulation: Simulation;
  readonly api: ApiClient;
  /** From being switched on to the kubelet's running. */
  readonly boot: Distribution;
};

export class JoiningNodes implements NodeJoiner {
  readonly #simulation: Simulation;
  readonly #api: ApiClient;
  readonly #boot: Distribution;
  readonly #booted: EventKind<number>;
  #joining = new Map<number, NodeObject>();
  #next = 0;

  constructor({simulation, api, boot}: JoiningNodesOptions) {
    this.#simulation = simulation;
    this.#api = api;
    this.#boot = boot;
    this.#booted = simulation.event('machine.booted-first', (number: number) =>
      this.#register(number),
    );
    simulation.part('node.joining', this);
  }

  join(node: NodeObject): void {
    const {now} = this.#simulation;
    const number = this.#next++;
    this.#joining.set(number, node);
    const stream = `node.boot/${node.name}@${now}`;
    this.#booted.after(drawOnce(this.#simulation, this.#boot, stream), number);
  }

  #register(number: number): void {
    const node = this.#joining.get(number);
    this.#joining.delete(number);
    if (node === undefined) return;
    this.#api.writeNode({verb: 'create', node: notYetReady(node, this.#simulation.now)});
  }

  save() {
    return {joining: this.#joining, next: this.#next};
  }

  restore(saved: ReturnType<JoiningNodes['save']>): void {
    this.#joining = saved.joining;
    this.#next = saved.next;
  }
}

// The admission plugin TaintNodesByCondition adds the taint; the node lifecycle controller takes it
// off when the node is ready.
function notYetReady(node: NodeObject, now: Time): NodeObject {
  const taint = {key: 'node.kubernetes.io/not-ready', value: '', effect: 'NoSchedule'};
  const conditions = {...node.conditions, readySince: now};
  return {
    ...node,
    taints: [...node.taints, taint],
    conditions: {...conditions, ready: 'False', readyReason: 'KubeletNotReady'},
  };
}
