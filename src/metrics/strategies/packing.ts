// How densely pods are packed: what is requested on the nodes in use over what those nodes have,
// both integrated exactly. Spreading a few pods over all nodes makes it low, whatever the cluster's
// utilisation.

import {Integral} from '../../engine/integral.ts';
import type {Time} from '../../engine/time.ts';
import type {NodeId, PodId} from '../../objects/ids.ts';
import type {Census} from '../census.ts';
import {type Figure, ratioText, total} from '../figures.ts';
import type {NodeRecord, NodeRegister} from '../node-register.ts';
import {roomFor} from '../rows.ts';
import type {World} from '../world.ts';
import type {NodesInUse} from './nodes-in-use.ts';
import {type PodAmounts, resources} from './pod-amounts.ts';

export class Packing {
  readonly #world: World;
  readonly #seen: Seen;
  readonly #nodes: Integral;
  readonly #requested: readonly Integral[];
  readonly #there: readonly Integral[];
  // By NodeId, a number for each resource: requested by all its pods; counted of it now.
  #onNode = new Float64Array(64);
  #counted = new Float64Array(64);
  #inUse = new Uint8Array(64);

  constructor(world: World, seen: Seen) {
    this.#world = world;
    this.#seen = seen;
    const zero = () => new Integral(world.simulation.now);
    this.#nodes = zero();
    this.#requested = resources.map(zero);
    this.#there = resources.map(zero);
    // The nodes in use are told before, and after them their pods' amounts are added here.
    seen.used.changed.watch(node => this.#turn(node));
    seen.census.bound.watch((pod, node) => this.#change(pod, node, 1));
    seen.census.over.watch(pod => {
      const node = world.store.pods.node(pod);
      if (node !== undefined) this.#change(pod, node, -1);
    });
    seen.register.changed.watch(node => this.#recount(node));
    world.simulation.part('metrics.packing', this);
  }

  figures(end: Time): Figure[] {
    const shares = resources.flatMap((resource, which) => {
      const there = this.#there[which].integral(end);
      if (resource === 'gpu' && there === 0n) return [];
      const value = ratioText(this.#requested[which].integral(end), there);
      return [total(`packing_${resource}`, value, 'share')];
    });
    return [
      total('nodes_used_mean', ratioText(this.#nodes.integral(end), end), 'nodes'),
      ...shares,
    ];
  }

  save() {
    return {
      integrals: this.#integrals.map(integral => integral.save()),
      onNode: this.#onNode,
      counted: this.#counted,
      inUse: this.#inUse,
    };
  }

  restore(saved: ReturnType<Packing['save']>): void {
    for (const [i, integral] of this.#integrals.entries()) integral.restore(saved.integrals[i]);
    this.#onNode = saved.onNode;
    this.#counted = saved.counted;
    this.#inUse = saved.inUse;
  }

  get #integrals(): readonly Integral[] {
    return [this.#nodes, ...this.#requested, ...this.#there];
  }

  #change(pod: PodId, node: NodeId, sign: 1 | -1): void {
    const {now} = this.#world.simulation;
    this.#onNode = roomFor(this.#onNode, (node + 1) * resources.length);
    this.#inUse = roomFor(this.#inUse, node);
    for (let which = 0; which < resources.length; which++) {
      const amount = sign * this.#seen.amounts.of(pod, which);
      if (amount === 0) continue;
      this.#onNode[node * resources.length + which] += amount;
      if (this.#inUse[node] === 1) this.#requested[which].add(amount, now);
    }
  }

  /** A node is in use from now on, or no longer: all that is requested on it counts, or nothing. */
  #turn(node: NodeId): void {
    const {now} = this.#world.simulation;
    this.#onNode = roomFor(this.#onNode, (node + 1) * resources.length);
    this.#inUse = roomFor(this.#inUse, node);
    const sign = this.#seen.used.inUse(node) ? 1 : -1;
    this.#inUse[node] = sign === 1 ? 1 : 0;
    this.#nodes.add(sign, now);
    for (let which = 0; which < resources.length; which++) {
      this.#requested[which].add(sign * this.#onNode[node * resources.length + which], now);
    }
    this.#recount(node);
  }

  #recount(node: NodeId): void {
    const {now} = this.#world.simulation;
    this.#counted = roomFor(this.#counted, (node + 1) * resources.length);
    const counts = node < this.#inUse.length && this.#inUse[node] === 1;
    const record = this.#seen.register.records[node];
    for (let which = 0; which < resources.length; which++) {
      const at = node * resources.length + which;
      const wanted = counts ? capacity(record, which) : 0;
      if (wanted === this.#counted[at]) continue;
      this.#there[which].add(wanted - this.#counted[at], now);
      this.#counted[at] = wanted;
    }
  }
}

type Seen = {
  readonly census: Census;
  readonly register: NodeRegister;
  readonly used: NodesInUse;
  readonly amounts: PodAmounts;
};

function capacity(record: NodeRecord, which: number): number {
  if (record.deleted !== undefined) return 0;
  if (which === 0) return record.cpuMillicores;
  return which === 1 ? record.memoryBytes : record.gpuMilli;
}
