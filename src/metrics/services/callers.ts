// How many clients of one kind stand on each node, and live: one on every machine that has power,
// or so many as pods of an application run there.

import {Signal} from '../../engine/signal.ts';
import type {Machines} from '../../machines/machines.ts';
import type {NodeId} from '../../objects/ids.ts';
import {roomFor} from '../rows.ts';

export class Callers {
  /** So many more live there, or fewer. Already counted. */
  readonly changed = new Signal<[node: NodeId, delta: number]>();
  readonly #machines: Machines;
  #standing = new Int32Array(64);
  #alive = new Int32Array(64);

  constructor(machines: Machines) {
    this.#machines = machines;
    machines.poweredOff.watch(node => this.#look(node));
    machines.poweredOn.watch(node => this.#look(node));
  }

  alive(node: NodeId): number {
    return this.#alive[node] ?? 0;
  }

  /** So many more stand there, whether they live or not. */
  stand(node: NodeId, delta: number): void {
    this.#standing = roomFor(this.#standing, node);
    this.#alive = roomFor(this.#alive, node);
    this.#standing[node] += delta;
    this.#look(node);
  }

  save() {
    return {standing: this.#standing.slice(), alive: this.#alive.slice()};
  }

  restore(saved: ReturnType<Callers['save']>): void {
    this.#standing = saved.standing.slice();
    this.#alive = saved.alive.slice();
  }

  #look(node: NodeId): void {
    const before = this.alive(node);
    const after = this.#machines.powered(node) ? (this.#standing[node] ?? 0) : 0;
    if (after === before) return;
    this.#alive[node] = after;
    this.changed.emit(node, after - before);
  }
}
