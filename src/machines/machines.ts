// What is really there, whatever the API says: which machines have power, where they stand, and
// which pods' containers run on them. Physics (kubelets, and whatever breaks) changes it; wishes do
// not.
//
// Containers of one pod on one machine are a sandbox with a number of its own, because they can
// outlive the Pod object and the pod's number.

import {Signal} from '../engine/signal.ts';
import type {Simulation} from '../engine/simulation.ts';
import type {NodeId} from '../objects/ids.ts';
import type {NodeNetwork} from '../objects/node-spec.ts';
import {Holds} from './holds.ts';
import {PodAddresses, type PodNetwork} from './pod-addresses.ts';

export type SandboxId = number & {readonly id: 'sandbox'};

export type MachinePlace = {readonly zone: string | undefined; readonly rack: string | undefined};

type Site = MachinePlace & {readonly region?: string | undefined};

const none = -1;

export class Machines {
  readonly added = new Signal<[node: NodeId]>();
  readonly poweredOff = new Signal<[node: NodeId]>();
  readonly poweredOn = new Signal<[node: NodeId]>();
  /** The kubelet's process; a machine without power has none either, but is not told of here. */
  readonly kubeletStopped = new Signal<[node: NodeId]>();
  readonly kubeletStarted = new Signal<[node: NodeId]>();
  /** kube-proxy's process, as the kubelet's. */
  readonly proxyStopped = new Signal<[node: NodeId]>();
  readonly proxyStarted = new Signal<[node: NodeId]>();
  /** The link to the masters. */
  readonly cutOff = new Signal<[node: NodeId]>();
  readonly joined = new Signal<[node: NodeId]>();
  /** Each takes hold for as long as it lasts. */
  readonly withoutPower = new Holds(this.poweredOff, this.poweredOn);
  readonly withoutKubelet = new Holds(this.kubeletStopped, this.kubeletStarted);
  readonly withoutProxy = new Holds(this.proxyStopped, this.proxyStarted);
  readonly withoutLink = new Holds(this.cutOff, this.joined);
  readonly addresses: PodAddresses;
  #places: Site[] = [];
  #slowness: number[] = [];
  #brakes: {readonly node: NodeId; readonly factor: number}[] = [];
  /** Sandboxes of one machine are a list: `first` by machine, `next` and `previous` by sandbox. */
  #first: number[] = [];
  #counts: number[] = [];
  #sandboxes = new SandboxColumns();

  constructor(simulation: Simulation, network?: PodNetwork) {
    this.addresses = new PodAddresses(simulation, network);
    simulation.part('machines', this);
  }

  /** Machines are added in the order of their nodes' numbers. */
  add(node: NodeId, place: Site, network?: NodeNetwork): void {
    if (node !== this.#places.length) throw new Error(`machine ${node} is added out of order`);
    this.#places.push(place);
    this.#slowness.push(1);
    this.#first.push(none);
    this.#counts.push(0);
    this.addresses.addNode(node, network);
    this.added.emit(node);
  }

  get count(): number {
    return this.#places.length;
  }

  zone(node: NodeId): string | undefined {
    return this.#places[node].zone;
  }

  region(node: NodeId): string | undefined {
    return this.#places[node].region;
  }

  rack(node: NodeId): string | undefined {
    return this.#places[node].rack;
  }

  powered(node: NodeId): boolean {
    return !this.withoutPower.has(node);
  }

  /** Everything on it takes so many times as long; 1 unless something slows it. */
  slowness(node: NodeId): number {
    return this.#slowness[node];
  }

  /** By a factor, until it is quickened by the same; several hold at once. */
  slow(node: NodeId, factor: number): void {
    this.#brakes.push({node, factor});
    this.#feel(node);
  }

  quicken(node: NodeId, factor: number): void {
    const place = this.#brakes.findIndex(one => one.node === node && one.factor === factor);
    if (place === -1) throw new Error(`machine ${node} is quickened, but was not slowed so`);
    this.#brakes.splice(place, 1);
    this.#feel(node);
  }

  /** Multiplied anew, for a division might leave something of the factor. */
  #feel(node: NodeId): void {
    let slowness = 1;
    for (const brake of this.#brakes) if (brake.node === node) slowness *= brake.factor;
    this.#slowness[node] = slowness;
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
      slowness: this.#slowness,
      brakes: this.#brakes,
      withoutPower: this.withoutPower.save(),
      withoutKubelet: this.withoutKubelet.save(),
      withoutProxy: this.withoutProxy.save(),
      withoutLink: this.withoutLink.save(),
      first: this.#first,
      counts: this.#counts,
      sandboxes: this.#sandboxes.save(),
    };
  }

  restore(saved: SavedMachines): void {
    this.#places = saved.places;
    this.#slowness = saved.slowness;
    this.#brakes = saved.brakes;
    this.withoutPower.restore(saved.withoutPower);
    this.withoutKubelet.restore(saved.withoutKubelet);
    this.withoutProxy.restore(saved.withoutProxy);
    this.withoutLink.restore(saved.withoutLink);
    this.#first = saved.first;
    this.#counts = saved.counts;
    this.#sandboxes.restore(saved.sandboxes);
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
  places: Site[];
  slowness: number[];
  brakes: {readonly node: NodeId; readonly factor: number}[];
  withoutPower: readonly number[];
  withoutKubelet: readonly number[];
  withoutProxy: readonly number[];
  withoutLink: readonly number[];
  first: number[];
  counts: number[];
  sandboxes: SavedSandboxes;
};
