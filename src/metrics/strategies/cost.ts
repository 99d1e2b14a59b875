// What nodes cost: their price an hour times the time for which they exist, and for which they are
// in use. In millionths, so that the sums are exact.

import {Integral} from '../../engine/integral.ts';
import {hours, type Time} from '../../engine/time.ts';
import type {NodeId} from '../../objects/ids.ts';
import type {Census} from '../census.ts';
import {type Figure, ratioText, total} from '../figures.ts';
import type {NodeRegister} from '../node-register.ts';
import {roomFor} from '../rows.ts';
import type {World} from '../world.ts';
import type {NodesInUse} from './nodes-in-use.ts';

const million = 1_000_000n;

export class Cost {
  readonly #world: World;
  readonly #seen: {register: NodeRegister; used: NodesInUse};
  readonly #all: Integral;
  readonly #used: Integral;
  readonly #podTime: Integral;
  // By NodeId: what of its price is in these two now.
  #inAll = new Float64Array(64);
  #inUsed = new Float64Array(64);
  #priced = false;

  constructor(world: World, seen: {census: Census; register: NodeRegister; used: NodesInUse}) {
    this.#world = world;
    this.#seen = seen;
    const {census, register, used} = seen;
    const {now} = world.simulation;
    this.#all = new Integral(now);
    this.#used = new Integral(now);
    this.#podTime = new Integral(now);
    for (const node of register.records.keys()) this.#recount(node as NodeId);
    register.changed.watch(node => this.#recount(node));
    used.changed.watch(node => this.#recount(node));
    census.bound.watch(() => this.#podTime.add(1, world.simulation.now));
    census.over.watch(pod => {
      if (world.store.pods.node(pod) !== undefined) this.#podTime.add(-1, world.simulation.now);
    });
    world.simulation.part('metrics.cost', this);
  }

  /** Nothing where no node ever had a price. */
  figures(end: Time): Figure[] {
    if (!this.#priced) return [];
    const used = this.#used.integral(end);
    const money = (cost: bigint) => ratioText(cost, million * BigInt(hours(1)));
    const perPodHour = ratioText(used, this.#podTime.integral(end) * million);
    return [
      total('cost_total', money(this.#all.integral(end)), 'money'),
      total('cost_used', money(used), 'money'),
      total('cost_per_pod_hour', perPodHour, 'money'),
    ];
  }

  save() {
    return {
      integrals: this.#integrals.map(integral => integral.save()),
      inAll: this.#inAll,
      inUsed: this.#inUsed,
      priced: this.#priced,
    };
  }

  restore(saved: ReturnType<Cost['save']>): void {
    for (const [i, integral] of this.#integrals.entries()) integral.restore(saved.integrals[i]);
    this.#inAll = saved.inAll;
    this.#inUsed = saved.inUsed;
    this.#priced = saved.priced;
  }

  get #integrals(): readonly Integral[] {
    return [this.#all, this.#used, this.#podTime];
  }

  #recount(node: NodeId): void {
    const {now} = this.#world.simulation;
    const {price, deleted} = this.#seen.register.records[node];
    if (price > 0) this.#priced = true;
    const exists = deleted === undefined ? price : 0;
    const used = this.#seen.used.inUse(node) ? exists : 0;
    this.#inAll = roomFor(this.#inAll, node);
    this.#inUsed = roomFor(this.#inUsed, node);
    if (exists !== this.#inAll[node]) this.#all.add(exists - this.#inAll[node], now);
    if (used !== this.#inUsed[node]) this.#used.add(used - this.#inUsed[node], now);
    this.#inAll[node] = exists;
    this.#inUsed[node] = used;
  }
}
