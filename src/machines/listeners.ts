// Who answers at pods' addresses, physically and whatever the API says:
//
//   add ─▶ closed ⇄ open ─▶ hung …  ─▶ remove
//
// `closed`: the address is there and nobody listens, so a connection is refused; while it `drains`,
// its program still answers those whom it had taken before. `hung`: one is taken and never
// answered. Once removed there is no such address, and what is sent there is lost.
// A listener's number is used again; with its pod's serial it is unmistakable.

import {Signal} from '../engine/signal.ts';
import type {Simulation} from '../engine/simulation.ts';
import type {NodeId, PodId} from '../objects/ids.ts';

export type ListenerId = number & {readonly id: 'listener'};

export type ListenerState = 'absent' | 'closed' | 'hung' | 'open';

export class Listeners {
  /** It was added or removed, or its state has changed. Its row can still be read. */
  readonly changed = new Signal<[listener: ListenerId]>();
  #state: ListenerState[] = [];
  #drains: boolean[] = [];
  #serial: number[] = [];
  #pod: PodId[] = [];
  #node: NodeId[] = [];
  #free: ListenerId[] = [];
  readonly #bySerial = new Map<number, ListenerId>();

  constructor(simulation: Simulation) {
    simulation.part('machines.listeners', this);
  }

  /** A pod's address is there, and nobody listens yet. */
  add(pod: PodId, serial: number, node: NodeId): ListenerId {
    const id = this.#free.pop() ?? (this.#state.length as ListenerId);
    this.#state[id] = 'closed';
    this.#drains[id] = false;
    this.#serial[id] = serial;
    this.#pod[id] = pod;
    this.#node[id] = node;
    this.#bySerial.set(serial, id);
    this.changed.emit(id);
    return id;
  }

  set(id: ListenerId, state: Exclude<ListenerState, 'absent'>, drains = false): void {
    if (this.#state[id] === 'absent') throw new Error(`listener ${id} is gone`);
    if (this.#state[id] === state && this.#drains[id] === drains) return;
    this.#state[id] = state;
    this.#drains[id] = drains;
    this.changed.emit(id);
  }

  /** Its pod's sandbox is gone, and with it the address. */
  remove(id: ListenerId): void {
    if (this.#state[id] === 'absent') throw new Error(`listener ${id} is removed twice`);
    this.#state[id] = 'absent';
    this.#drains[id] = false;
    this.#bySerial.delete(this.#serial[id]);
    this.changed.emit(id);
    this.#free.push(id);
  }

  /** Of the pod with that serial, while it has an address. */
  find(serial: number): ListenerId | undefined {
    return this.#bySerial.get(serial);
  }

  /** `absent` too where the number is another pod's by now. */
  state(id: ListenerId, serial: number): ListenerState {
    return this.#serial[id] === serial ? this.#state[id] : 'absent';
  }

  /** Closed since its SIGTERM, and its program goes on with what it has. */
  drains(id: ListenerId): boolean {
    return this.#drains[id];
  }

  serial(id: ListenerId): number {
    return this.#serial[id];
  }

  pod(id: ListenerId): PodId {
    return this.#pod[id];
  }

  node(id: ListenerId): NodeId {
    return this.#node[id];
  }

  /** How many numbers have been given out, those that are free now included. */
  get length(): number {
    return this.#state.length;
  }

  save() {
    return {
      state: [...this.#state],
      drains: [...this.#drains],
      serial: [...this.#serial],
      pod: [...this.#pod],
      node: [...this.#node],
      free: [...this.#free],
    };
  }

  restore(saved: ReturnType<Listeners['save']>): void {
    this.#state = [...saved.state];
    this.#drains = [...saved.drains];
    this.#serial = [...saved.serial];
    this.#pod = [...saved.pod];
    this.#node = [...saved.node];
    this.#free = [...saved.free];
    this.#bySerial.clear();
    for (const [id, state] of this.#state.entries()) {
      if (state !== 'absent') this.#bySerial.set(this.#serial[id], id as ListenerId);
    }
  }
}
