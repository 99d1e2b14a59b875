// How long each node was up (its machine has power) and Ready (as the API says), integrated at each
// change over the time for which its object existed. A node that nothing happens to costs nothing.

import type {Time} from '../engine/time.ts';
import type {CauseId} from '../objects/causes.ts';
import type {NodeId} from '../objects/ids.ts';
import {ratioText} from './figures.ts';
import {IntegralRows} from './integral-rows.ts';
import type {NodeRegister} from './node-register.ts';
import {roomFor} from './rows.ts';
import type {Cell} from './table.ts';
import type {World} from './world.ts';

const [up, ready] = [0, 1];

export class NodeAvailability {
  readonly #world: World;
  readonly #register: NodeRegister;
  readonly #integrals = new IntegralRows(2);
  #failures = new Int32Array(64);
  /** Of all nodes together. */
  failures = 0;

  constructor(world: World, register: NodeRegister) {
    this.#world = world;
    this.#register = register;
    register.changed.watch(node => this.#follow(node));
    world.machines.poweredOff.watch(node => this.#lose(node));
    world.machines.poweredOn.watch(node => this.#follow(node));
    for (const node of register.records.keys()) this.#follow(node as NodeId);
    world.simulation.part('metrics.node-availability', this);
  }

  /** `up_share`, `ready_share`, `failures`, `mean_up` and `mean_down` of nodes.csv. */
  cells(node: NodeId, end: Time): Cell[] {
    const {added, deleted} = this.#register.records[node];
    const existed = BigInt((deleted ?? end) - added);
    const upTime = this.#integrals.integral(node, up, end);
    const failures = this.#failures[node] ?? 0;
    // Per failure, so that the spell that the end cuts off is not lost.
    const perFailure = (time: bigint) => ratioText(time, BigInt(failures) * 1_000_000n);
    return [
      ratioText(upTime, existed),
      ratioText(this.#integrals.integral(node, ready, end), existed),
      failures,
      perFailure(upTime),
      perFailure(existed - upTime),
    ];
  }

  /** Of all nodes together, over the time for which they existed. */
  upShare(end: Time): string | undefined {
    let existed = 0n;
    for (const {added, deleted} of this.#register.records) {
      existed += BigInt((deleted ?? end) - added);
    }
    return ratioText(this.#integrals.total(up, end), existed);
  }

  save() {
    return {
      integrals: this.#integrals.save(),
      failures: this.#failures,
      failuresOfAll: this.failures,
    };
  }

  restore(saved: ReturnType<NodeAvailability['save']>): void {
    this.#integrals.restore(saved.integrals);
    this.#failures = saved.failures;
    this.failures = saved.failuresOfAll;
  }

  #lose(node: NodeId): void {
    const record = this.#register.records[node];
    if (record === undefined || record.deleted !== undefined) return;
    this.#follow(node);
    // What has no power from the start on did not fail, nor what an operator takes away.
    const {simulation, store} = this.#world;
    if (record.added === simulation.now) return;
    if (store.causes.get(simulation.cause as CauseId)?.origin === 'operation') return;
    this.#failures = roomFor(this.#failures, node);
    this.#failures[node]++;
    this.failures++;
  }

  #follow(node: NodeId): void {
    const record = this.#register.records[node];
    if (record === undefined) return;
    const exists = record.deleted === undefined;
    this.#set(node, up, exists && this.#world.machines.powered(node));
    this.#set(node, ready, exists && record.ready);
  }

  #set(node: NodeId, which: number, value: boolean): void {
    const delta = Number(value) - this.#integrals.value(node, which);
    if (delta !== 0) this.#integrals.add(node, which, delta, this.#world.simulation.now);
  }
}
