// The places that an entry of `traffic` calls from, as they come and go: the outside, every node,
// or pods while their programs run.

import type {RandomStream} from '../../engine/random.ts';
import {Signal} from '../../engine/signal.ts';
import type {Simulation} from '../../engine/simulation.ts';
import type {ListenerId, Listeners} from '../../machines/listeners.ts';
import type {Machines} from '../../machines/machines.ts';
import type {NodeId} from '../../objects/ids.ts';
import {isPodMeant, type PodsWanted} from '../../objects/pod-targets.ts';
import type {Store} from '../../objects/store.ts';
import type {CallingId} from './calling.ts';
import type {ClientPlace} from './client-places.ts';
import type {DataPlane} from './data-plane.ts';
import type {CallingPod} from './sender.ts';

export type CallersParts = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  readonly listeners: Listeners;
  readonly plane: DataPlane;
  readonly calling: CallingId;
  /** Of the entry. */
  readonly name: string;
  readonly from: PodsWanted | 'nodes' | 'outside';
};

export class Callers {
  readonly came = new Signal<[client: ClientPlace]>();
  /** What it has under way is still there. */
  readonly went = new Signal<[client: ClientPlace]>();
  readonly #parts: CallersParts;
  readonly #stream: RandomStream;
  #all: ClientPlace[] = [];
  /** Where each stands among all, by its number. */
  #places = new Map<number, number>();
  /** By the serials of the pods. */
  #ofPods = new Map<number, ClientPlace>();

  constructor(parts: CallersParts) {
    this.#parts = parts;
    const {simulation, name, from, machines, listeners} = parts;
    this.#stream = simulation.random(`traffic.${name}/places`);
    if (from === 'outside') this.#add(undefined);
    else if (from === 'nodes') {
      for (let node = 0; node < machines.count; node++) this.#add(node as NodeId);
      machines.added.watch(node => void this.#add(node));
    } else listeners.changed.watch(listener => this.#look(listener, from));
    simulation.part(`traffic.${name}/callers`, this);
  }

  get count(): number {
    return this.#all.length;
  }

  /** One of them by chance; `undefined` where there is none. */
  any(): ClientPlace | undefined {
    const {length} = this.#all;
    return length < 2 ? this.#all[0] : this.#all[this.#stream.integer(0, length - 1)];
  }

  /** One after the other; there must be one. */
  at(turn: number): ClientPlace {
    return this.#all[turn % this.#all.length];
  }

  /** By its number, while it is there. */
  find(id: number): ClientPlace | undefined {
    const place = this.#places.get(id);
    return place === undefined ? undefined : this.#all[place];
  }

  save() {
    return {
      all: this.#all.map(({slot}) => slot),
      ofPods: [...this.#ofPods].map(([serial, {slot}]) => [serial, slot] as const),
    };
  }

  /** After the data plane, which knows who stands where. */
  restore(saved: ReturnType<Callers['save']>): void {
    const {plane} = this.#parts;
    this.#all = saved.all.map(slot => plane.clientAt(slot));
    this.#places = new Map(this.#all.map(({id}, place) => [id, place]));
    this.#ofPods = new Map(saved.ofPods.map(([serial, slot]) => [serial, plane.clientAt(slot)]));
  }

  #look(listener: ListenerId, wanted: PodsWanted): void {
    const {store, listeners} = this.#parts;
    const serial = listeners.serial(listener);
    const known = this.#ofPods.get(serial);
    const open = listeners.state(listener, serial) === 'open';
    if (open === (known !== undefined)) return;
    if (known !== undefined) {
      this.#ofPods.delete(serial);
      this.#remove(known);
    } else if (isPodMeant(listeners.pod(listener), wanted, store)) {
      const template = store.pods.templateIdOf(listeners.pod(listener));
      this.#ofPods.set(serial, this.#add(listeners.node(listener), {serial, template}));
    }
  }

  #add(node: NodeId | undefined, pod?: CallingPod): ClientPlace {
    const {plane, calling} = this.#parts;
    const client = plane.addClient(calling, node, pod);
    this.#places.set(client.id, this.#all.push(client) - 1);
    this.came.emit(client);
    return client;
  }

  #remove(client: ClientPlace): void {
    const place = this.#places.get(client.id);
    const last = this.#all.pop();
    if (place === undefined || last === undefined) throw new Error('a caller goes twice');
    if (last !== client) {
      this.#all[place] = last;
      this.#places.set(last.id, place);
    }
    this.#places.delete(client.id);
    this.went.emit(client);
    this.#parts.plane.removeClient(client);
  }
}
