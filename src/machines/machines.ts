// What is really there, whatever the API says: which machines have power, where they stand, and
// which pods' containers run on them. Physics (kubelets, and whatever breaks) changes it; wishes do
// not.
//
// Containers of one pod on one machine are a sandbox with a number of its own, because they can
// outlive the Pod object and the pod's number.

import type {Simulation} from '../engine/simulation.ts';
import type {NodeId} from '../objects/ids.ts';

export type SandboxId = number & {readonly id: 'sandbox'};

export type MachinePlace = {readonly zone: string | undefined; readonly rack: string | undefined};

const none = -1;

export class Machines {
  #places: MachinePlace[] = [];
  #powered: boolean[] = [];
  /** Sandboxes of one machine are a list: `first` by machine, `next` and `previous` by sandbox. */
  #first: number[] = [];
  #counts: number[] = [];
  #sandboxes = new SandboxColumns();

  constructor(simulation: Simulation) {
    simulation.part('machines', this);
  }

  /** Machines are added in the order of their nodes' numbers. */
  add(node: NodeId, place: MachinePlace): void {
    if (node !== this.#places.length) throw new Error(`machine ${node} is added out of order`);
    this.#places.push(place);
    this.#powered.push(true);
    this.#first.push(none);
    this.#counts.push(0);
  }

  get count(): number {
    return this.#places.length;
  }

  zone(node: NodeId): string | undefined {
    return this.#places[node].zone;
  }

  rack(node: NodeId): string | undefined {
    return this.#places[node].rack;
  }

  powered(node: NodeId): boolean {
    return this.#powered[node];
  }

  /** How many pods' containers run there. */
  running(node: NodeId): number {
    return this.#counts[node];
  }

  /** `serial` is the pod's, which no other pod ever has. */
  start(node: NodeId, serial: number): SandboxId {
    const rows = this.#sandboxes;
    const sandbox = rows.allocate();
    const next = this.#first[node];
    rows.node[sandbox] = node;
    rows.serial[sandbox] = serial;
    rows.next[sandbox] = next;
    rows.previous[sandbox] = none;
    if (next !== none) rows.previous[next] = sandbox;
    this.#first[node] = sandbox;
    this.#counts[node]++;
    return sandbox as SandboxId;
  }

  stop(sandbox: SandboxId): void {
    const rows = this.#sandboxes;
    const node = rows.node[sandbox];
    if (node === none) throw new Error(`sandbox ${sandbox} is stopped twice`);
    const next = rows.next[sandbox];
    const previous = rows.previous[sandbox];
    if (next !== none) rows.previous[next] = previous;
    if (previous === none) this.#first[node] = next;
    else rows.next[previous] = next;
    this.#counts[node]--;
    rows.free(sandbox);
  }

  /** The serials of the pods whose containers run on a machine, latest first. */
  *pods(node: NodeId): Generator<number> {
    const rows = this.#sandboxes;
    for (let sandbox = this.#first[node]; sandbox !== none; sandbox = rows.next[sandbox]) {
      yield rows.serial[sandbox];
    }
  }

  save(): SavedMachines {
    return {
      places: this.#places,
      powered: this.#powered,
      first: this.#first,
      counts: this.#counts,
      sandboxes: this.#sandboxes.save(),
    };
  }

  restore({places, powered, first, counts, sandboxes}: SavedMachines): void {
    this.#places = places;
    this.#powered = powered;
    this.#first = first;
    this.#counts = counts;
    this.#sandboxes.restore(sandboxes);
  }
}

class SandboxColumns {
  node: number[] = [];
  serial: number[] = [];
  next: number[] = [];
  previous: number[] = [];
  #free: number[] = [];

  allocate(): number {
    return this.#free.pop() ?? this.node.length;
  }

  free(sandbox: number): void {
    this.node[sandbox] = none;
    this.#free.push(sandbox);
  }

  save(): SavedSandboxes {
    const {node, serial, next, previous} = this;
    return {node, serial, next, previous, free: this.#free};
  }

  restore({node, serial, next, previous, free}: SavedSandboxes): void {
    this.node = node;
    this.serial = serial;
    this.next = next;
    this.previous = previous;
    this.#free = free;
  }
}

type SavedSandboxes = {
  node: number[];
  serial: number[];
  next: number[];
  previous: number[];
  free: number[];
};

export type SavedMachines = {
  places: MachinePlace[];
  powered: boolean[];
  first: number[];
  counts: number[];
  sandboxes: SavedSandboxes;
};
