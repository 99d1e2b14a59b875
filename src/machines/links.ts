// Whether what is sent from one place gets to another, and the answer back: both have power, and
// nothing cuts the network between them. A place is a node, or outside the cluster.

import type {Signal} from '../engine/signal.ts';
import type {NodeId} from '../objects/ids.ts';
import type {Machines} from './machines.ts';
import type {MachineKey, Partitions} from './partitions.ts';

/** `undefined`: outside the cluster. */
export type Place = NodeId | undefined;

const outside = -1 as MachineKey;

export class Links {
  /** A cut was made or healed; of power the machines tell. */
  readonly changed: Signal<[]>;
  readonly #machines: Machines;
  readonly #partitions: Partitions;

  constructor({machines, partitions}: {machines: Machines; partitions: Partitions}) {
    this.#machines = machines;
    this.#partitions = partitions;
    this.changed = partitions.changed;
  }

  /** No cut anywhere: power alone decides. */
  get whole(): boolean {
    return this.#partitions.whole;
  }

  connect(from: Place, to: Place): boolean {
    if (from !== undefined && !this.#machines.powered(from)) return false;
    if (to !== undefined && !this.#machines.powered(to)) return false;
    return this.uncut(from, to);
  }

  /** As far as cuts go, whoever has power. */
  uncut(from: Place, to: Place): boolean {
    if (this.whole) return true;
    const [one, other] = [this.#key(from), this.#key(to)];
    return this.#partitions.connected(one, other) && this.#partitions.connected(other, one);
  }

  /** Nodes of one number reach each other, and the same others; as far as cuts go. */
  side(node: NodeId): number {
    return this.#partitions.side(this.#partitions.node(node));
  }

  #key(place: Place): MachineKey {
    return place === undefined ? outside : this.#partitions.node(place);
  }
}
