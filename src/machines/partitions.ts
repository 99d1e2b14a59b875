// Which machines cannot reach which. A cut loses all that goes between two sides, one way or both;
// several may last at once. From them follows who has no link to the control plane: a master that
// does not reach a majority of the masters, and a node that reaches no master that does. For that
// both ways are needed, as a connection needs them.

import {Signal} from '../engine/signal.ts';
import type {Simulation} from '../engine/simulation.ts';
import type {NodeId} from '../objects/ids.ts';
import type {Machines} from './machines.ts';
import type {MasterId, Masters} from './masters.ts';

export type Side = {readonly nodes: readonly NodeId[]; readonly masters: readonly MasterId[]};

export type Cut = {
  readonly from: Side;
  /** `undefined`: all machines but those. */
  readonly to: Side | undefined;
  /** What is lost: from `from` to `to`, the way back, or both. */
  readonly way: 'both' | 'forth' | 'back';
};

/** A machine, whichever part it plays: a master that stands on a node is that node. */
export type MachineKey = number & {readonly id: 'machine'};

type Blocked = {
  readonly cut: Cut;
  readonly from: ReadonlySet<MachineKey>;
  readonly to: ReadonlySet<MachineKey> | undefined;
};

export class Partitions {
  /** A cut was made or healed. */
  readonly changed = new Signal<[]>();
  readonly #machines: Machines;
  readonly #masters: Masters;
  #blocked: Blocked[] = [];
  /** For whom this has taken hold of `withoutLink`. */
  #nodes = new Set<NodeId>();
  #mastersOff = new Set<MasterId>();

  constructor(simulation: Simulation, {machines, masters}: {machines: Machines; masters: Masters}) {
    this.#machines = machines;
    this.#masters = masters;
    machines.added.watch(node => {
      if (this.#blocked.length > 0) this.#judge(node);
    });
    // A majority of others is another one.
    for (const signal of [masters.added, masters.removed]) {
      signal.watch(() => {
        if (this.#blocked.length > 0) this.#judgeAll();
      });
    }
    simulation.part('machines.partitions', this);
  }

  /** There is no cut. */
  get whole(): boolean {
    return this.#blocked.length === 0;
  }

  node(id: NodeId): MachineKey {
    return (2 * id) as MachineKey;
  }

  master(id: MasterId): MachineKey {
    const node = this.#masters.get(id)?.node;
    return node === undefined ? ((2 * id + 1) as MachineKey) : this.node(node);
  }

  /** Whether what one machine sends reaches the other, as far as cuts go. */
  connected(from: MachineKey, to: MachineKey): boolean {
    if (from === to) return true;
    for (let i = 0; i < this.#blocked.length; i++) {
      const blocked = this.#blocked[i];
      const {way} = blocked.cut;
      if (way !== 'back' && isAcross(blocked, from, to)) return false;
      if (way !== 'forth' && isAcross(blocked, to, from)) return false;
    }
    return true;
  }

  /**
   * Machines of one number are on the same sides of all cuts: they reach each other, and what
   * connects one of them with another machine does so for all.
   */
  side(machine: MachineKey): number {
    const alone = -1 - machine;
    // Two bits a cut, and of so many that they do not fit, each machine for itself.
    if (this.#blocked.length > 26) return alone;
    let side = 0;
    for (const {from, to} of this.#blocked) {
      const [sends, receives] = [from.has(machine), to?.has(machine) === true];
      // A cut of a side from itself leaves each of its machines alone.
      if (sends && receives) return alone;
      side = side * 4 + (sends ? 2 : 0) + (receives ? 1 : 0);
    }
    return side;
  }

  cut(cut: Cut): void {
    this.#blocked.push(this.#block(cut));
    this.#changed(cut);
  }

  /** Ends one cut of these sides and this way. */
  heal(cut: Cut): void {
    const text = JSON.stringify(cut);
    const place = this.#blocked.findIndex(one => JSON.stringify(one.cut) === text);
    if (place === -1) throw new Error('a cut is healed that was not made');
    this.#blocked.splice(place, 1);
    this.#changed(cut);
  }

  #block(cut: Cut): Blocked {
    return {cut, from: this.#keys(cut.from), to: cut.to && this.#keys(cut.to)};
  }

  #keys({nodes, masters}: Side): ReadonlySet<MachineKey> {
    return new Set([...nodes.map(id => this.node(id)), ...masters.map(id => this.master(id))]);
  }

  #changed({from, to}: Cut): void {
    const moved = this.#judgeMasters();
    // Of a node on neither side only a master's loss can change anything.
    const all = moved || (to === undefined && from.masters.length > 0) || this.#isHome(from);
    const affected = all ? this.#everyNode() : [...from.nodes, ...(to?.nodes ?? [])];
    for (const node of affected) this.#judge(node);
    this.changed.emit();
  }

  #judgeAll(): void {
    this.#judgeMasters();
    for (const node of this.#everyNode()) this.#judge(node);
  }

  /** Whether a master stands on one of those nodes. */
  #isHome({nodes}: Side): boolean {
    return [...this.#masters.all()].some(
      ([, {node}]) => node !== undefined && nodes.includes(node),
    );
  }

  #everyNode(): NodeId[] {
    return Array.from({length: this.#machines.count}, (_, node) => node as NodeId);
  }

  /** Whether any master's link came or went. */
  #judgeMasters(): boolean {
    const all = [...this.#masters.all()].map(([id]) => id);
    let moved = false;
    for (const id of all) {
      const reached = all.filter(other => this.#linked(this.master(id), this.master(other)));
      const off = 2 * reached.length <= all.length;
      if (off === this.#mastersOff.has(id)) continue;
      moved = true;
      if (off) this.#mastersOff.add(id);
      else this.#mastersOff.delete(id);
      if (off) this.#masters.withoutLink.take(id);
      else this.#masters.withoutLink.release(id);
    }
    return moved;
  }

  #judge(node: NodeId): void {
    const off = !this.#reachesMasters(this.node(node));
    if (off === this.#nodes.has(node)) return;
    if (off) this.#nodes.add(node);
    else this.#nodes.delete(node);
    if (off) this.#machines.withoutLink.take(node);
    else this.#machines.withoutLink.release(node);
  }

  #reachesMasters(node: MachineKey): boolean {
    let any = false;
    for (const [id] of this.#masters.all()) {
      any = true;
      if (!this.#mastersOff.has(id) && this.#linked(node, this.master(id))) return true;
    }
    // Masters that are not modelled stand elsewhere.
    return !any && !this.#blocked.some(({from, to}) => to === undefined && from.has(node));
  }

  #linked(one: MachineKey, other: MachineKey): boolean {
    return this.connected(one, other) && this.connected(other, one);
  }

  save() {
    return {
      cuts: this.#blocked.map(({cut}) => cut),
      nodes: this.#nodes,
      masters: this.#mastersOff,
    };
  }

  restore(saved: ReturnType<Partitions['save']>): void {
    this.#blocked = saved.cuts.map(cut => this.#block(cut));
    this.#nodes = saved.nodes;
    this.#mastersOff = saved.masters;
  }
}

function isAcross({from, to}: Blocked, sender: MachineKey, receiver: MachineKey): boolean {
  return from.has(sender) && (to === undefined ? !from.has(receiver) : to.has(receiver));
}
