// The way of one client's requests until they are stored.
//
//   sent ──client's bucket, latency──▶ arrived ──gate open──▶ stored and answered
//                                         └──closed──▶ held, in order ──opened──▶ stored
//                                                        └──given up──▶ answered `unavailable`

import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {ClientLimits} from '../objects/api-client.ts';
import {type Gate, onlyKey} from './gate.ts';
import {type Arrived, HeldRequests, type SavedHeld} from './held-requests.ts';
import {NumberQueue, type PayloadQueue} from './payload-queue.ts';
import {type SavedSpread, SpreadRequests} from './spread-requests.ts';
import {type SavedBucket, TokenBucket} from './token-bucket.ts';
import type {WriteLatency} from './write-latency.ts';

export type PipeOptions = {
  readonly simulation: Simulation;
  readonly name: string;
  readonly limits: ClientLimits;
  readonly latency: WriteLatency;
  readonly gate: Gate;
  /** Nothing that it asks for is given up. */
  readonly patient: boolean;
};

export type Verb<Payload> = {
  /** Does what was asked for, and answers. */
  perform(a: number, b: number, payload: Payload): void;
  /** Answers that it was given up. */
  refuse(a: number, b: number, payload: Payload): void;
  /** The node whose kubelet asks, if it is a kubelet that does. */
  node(a: number, payload: Payload): number;
};

type Kind = {readonly verb: Verb<unknown>; readonly queue: PayloadQueue<unknown>};

export type Send<Payload> = (a: number, b: number, payload: Payload) => void;

export class RequestPipe {
  readonly #options: PipeOptions;
  readonly #bucket: TokenBucket;
  readonly #kinds: Kind[] = [];
  readonly #queues: PayloadQueue<unknown>[] = [];
  /** Of the events of what is on its way, in order. */
  readonly #handles = new NumberQueue();
  readonly #held = new HeldRequests();
  readonly #spread: SpreadRequests | undefined;
  readonly #timedOut: EventKind;
  #timeout: EventHandle | undefined;
  /** Since when the gate is closed for the reason for which it is. */
  #closedSince: Time = 0;
  #closedLimit: Time | undefined;
  #flowing: boolean;
  #lastArrival: Time = 0;

  constructor(options: PipeOptions) {
    const {simulation, name, limits, latency, gate} = options;
    this.#options = options;
    this.#bucket = new TokenBucket(limits);
    this.#flowing = gate.allOpen;
    this.#timedOut = simulation.event(`api.request-timed-out-of-${name}`, () => this.#giveUp());
    if (gate.byNode && 'draw' in latency) {
      const arrived = (request: Arrived) => this.#receive(request);
      this.#spread = new SpreadRequests(simulation, name, arrived);
    }
    gate.changed.watch(key => this.#turned(key));
    gate.gone.watch(key => {
      this.#held.drop(key);
      this.#spread?.drop(key);
      this.#look();
    });
  }

  /** A kind of request. What it carries besides two numbers waits in `queue` while on its way. */
  kind<Payload>(name: string, queue: PayloadQueue<Payload>, verb: Verb<Payload>): Send<Payload> {
    const {simulation} = this.#options;
    const kind = this.#kinds.push({verb, queue} as Kind) - 1;
    if (!this.#queues.includes(queue as Kind['queue'])) this.#queues.push(queue as Kind['queue']);
    const stored = simulation.event(name, (a: number, b: number) => {
      this.#handles.drop();
      const payload = queue.shift();
      if (this.#flowing) verb.perform(a, b, payload);
      else this.#receive({kind, a, b, payload, cause: simulation.cause, since: simulation.now});
    });
    const spread = this.#spread;
    if (spread === undefined) {
      return (a, b, payload) => {
        queue.push(payload);
        this.#handles.push(stored.at(this.#arrival(), a, b));
      };
    }
    return (a, b, payload) => {
      const {cause, now: since} = simulation;
      const request = {kind, a, b, payload, cause, since};
      spread.send(verb.node(a, payload), request, this.#sentAt() + this.#latency());
    };
  }

  /** A request of which nothing but its cost is modelled. */
  spend(): void {
    this.#sentAt();
  }

  /** Nothing that is on its way or held will be stored, and the next process begins afresh. */
  abandon(): void {
    const {simulation} = this.#options;
    for (const handle of this.#handles.save()) simulation.cancel(handle as EventHandle);
    this.#handles.clear();
    for (const queue of this.#queues) queue.clear();
    this.#spread?.clear();
    this.#held.clear();
    this.#bucket.restore({fullAt: simulation.now, taken: 0});
    this.#lastArrival = 0;
    this.#look();
  }

  #sentAt(): Time {
    return this.#bucket.reserve(this.#options.simulation.now);
  }

  #latency(): Time {
    const {latency} = this.#options;
    return 'always' in latency ? latency.always : latency.draw();
  }

  /** Requests of one line arrive in the order in which they were sent. */
  #arrival(): Time {
    this.#lastArrival = Math.max(this.#lastArrival, this.#sentAt() + this.#latency());
    return this.#lastArrival;
  }

  #receive(request: Arrived): void {
    const {gate} = this.#options;
    const key = this.#keyOf(request);
    if (gate.open(key) && !this.#held.has(key)) {
      this.#perform(request);
      return;
    }
    this.#held.add(key, request);
    this.#look();
  }

  #keyOf({kind, a, payload}: Arrived): number {
    return this.#options.gate.byNode ? this.#kinds[kind].verb.node(a, payload) : onlyKey;
  }

  #perform({kind, a, b, payload}: Arrived): void {
    this.#kinds[kind].verb.perform(a, b, payload);
  }

  #turned(key: number | undefined): void {
    const {gate, simulation} = this.#options;
    const limit = gate.open(onlyKey) ? undefined : gate.limit(onlyKey);
    if (limit !== this.#closedLimit) this.#closedSince = simulation.now;
    this.#closedLimit = limit;
    const before = simulation.cause;
    for (const one of key === undefined ? this.#held.keys() : [key]) {
      for (let next = this.#held.first(one); next && gate.open(one); next = this.#held.first(one)) {
        this.#held.shift(one);
        simulation.cause = next.cause;
        this.#perform(next);
      }
    }
    simulation.cause = before;
    this.#look();
  }

  /** After whatever may have changed who waits, and for how long. */
  #look(): void {
    const {simulation, gate, patient} = this.#options;
    this.#flowing = gate.allOpen && this.#held.empty;
    // Kubelets ask for ever.
    if (patient || gate.byNode) return;
    if (this.#timeout !== undefined) simulation.cancel(this.#timeout);
    const first = this.#held.first(onlyKey);
    this.#timeout = first && this.#timedOut.at(this.#deadline(first));
  }

  #deadline({since}: Arrived): Time {
    return Math.max(since, this.#closedSince) + this.#options.gate.limit(onlyKey);
  }

  #giveUp(): void {
    const {simulation} = this.#options;
    this.#timeout = undefined;
    for (;;) {
      const first = this.#held.first(onlyKey);
      if (first === undefined || this.#deadline(first) > simulation.now) break;
      this.#held.shift(onlyKey);
      simulation.cause = first.cause;
      this.#kinds[first.kind].verb.refuse(first.a, first.b, first.payload);
    }
    this.#look();
  }

  save(): SavedPipe {
    const pack = ({kind, payload}: Arrived) => this.#kinds[kind].queue.pack(payload);
    return {
      bucket: this.#bucket.save(),
      queues: this.#queues.map(queue => queue.save()),
      handles: this.#handles.save(),
      held: this.#held.save(pack),
      spread: this.#spread?.save(pack),
      timeout: this.#timeout,
      closedSince: this.#closedSince,
      closedLimit: this.#closedLimit,
      flowing: this.#flowing,
      lastArrival: this.#lastArrival,
    };
  }

  restore(saved: SavedPipe): void {
    const unpack = ({kind, payload}: Arrived) => this.#kinds[kind].queue.unpack(payload);
    this.#bucket.restore(saved.bucket);
    for (const [i, queue] of this.#queues.entries()) queue.restore(saved.queues[i]);
    this.#handles.restore(saved.handles);
    this.#held.restore(saved.held, unpack);
    if (saved.spread !== undefined) this.#spread?.restore(saved.spread, unpack);
    this.#timeout = saved.timeout;
    this.#closedSince = saved.closedSince;
    this.#closedLimit = saved.closedLimit;
    this.#flowing = saved.flowing;
    this.#lastArrival = saved.lastArrival;
  }
}

export type SavedPipe = {
  readonly bucket: SavedBucket;
  readonly queues: readonly unknown[];
  readonly handles: readonly number[];
  readonly held: SavedHeld;
  readonly spread: SavedSpread | undefined;
  readonly timeout: EventHandle | undefined;
  readonly closedSince: Time;
  readonly closedLimit: Time | undefined;
  readonly flowing: boolean;
  readonly lastArrival: Time;
};
