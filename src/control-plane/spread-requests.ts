// Requests of all kubelets under way, where each takes its own time: those of one node arrive in
// the order in which they were sent, those of different nodes as they come.

import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {Arrived} from './held-requests.ts';

type UnderWay = {readonly node: number; readonly request: Arrived; readonly event: EventHandle};

export class SpreadRequests {
  readonly #simulation: Simulation;
  readonly #arrived: EventKind<number>;
  readonly #underWay = new Map<number, UnderWay>();
  /** Of the last request of a node; forgotten when it has arrived. */
  readonly #lastArrivals = new Map<number, Time>();
  #sent = 0;

  constructor(simulation: Simulation, name: string, arrived: (request: Arrived) => void) {
    this.#simulation = simulation;
    this.#arrived = simulation.event(`api.request-arrived-of-${name}`, (number: number) => {
      const one = this.#underWay.get(number);
      if (one === undefined) throw new Error('a request was stored that was never sent');
      this.#underWay.delete(number);
      if (this.#lastArrivals.get(one.node) === simulation.now) this.#lastArrivals.delete(one.node);
      arrived({...one.request, since: simulation.now});
    });
  }

  send(node: number, request: Arrived, wanted: Time): void {
    const time = Math.max(wanted, this.#lastArrivals.get(node) ?? 0);
    this.#lastArrivals.set(node, time);
    const number = this.#sent++;
    this.#underWay.set(number, {node, request, event: this.#arrived.at(time, number)});
  }

  drop(node: number): void {
    for (const [number, one] of this.#underWay) if (one.node === node) this.#remove(number, one);
  }

  clear(): void {
    for (const [number, one] of this.#underWay) this.#remove(number, one);
  }

  #remove(number: number, {node, event}: UnderWay): void {
    this.#simulation.cancel(event);
    this.#underWay.delete(number);
    this.#lastArrivals.delete(node);
  }

  save(pack: (request: Arrived) => unknown): SavedSpread {
    return {
      sent: this.#sent,
      underWay: [...this.#underWay].map(([number, one]) => {
        return [number, {...one, request: {...one.request, payload: pack(one.request)}}];
      }),
      lastArrivals: new Map(this.#lastArrivals),
    };
  }

  restore({sent, underWay, lastArrivals}: SavedSpread, unpack: (request: Arrived) => unknown) {
    this.#sent = sent;
    this.#underWay.clear();
    for (const [number, one] of underWay) {
      const request = {...one.request, payload: unpack(one.request)};
      this.#underWay.set(number, {...one, request});
    }
    this.#lastArrivals.clear();
    for (const [node, time] of lastArrivals) this.#lastArrivals.set(node, time);
  }
}

export type SavedSpread = {
  readonly sent: number;
  readonly underWay: readonly [number, UnderWay][];
  readonly lastArrivals: ReadonlyMap<number, Time>;
};
