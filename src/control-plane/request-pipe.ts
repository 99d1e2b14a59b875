// The way of one client's requests until they are stored.
//
//   sent ──client's bucket, latency──▶ arrived ──gate open──▶ has a seat ──▶ stored and answered
//                                         │                     └─none──▶ waits (seat-queue.ts)
//                                         └──closed──▶ held, in order ──opened──▶ has a seat …
//                                                        └──given up──▶ answered `unavailable`

import type {EventHandle, EventKind} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import {onlyKey} from './gate.ts';
import {type Arrived, HeldRequests, type SavedHeld} from './held-requests.ts';
import {NumberQueue, type PayloadQueue} from './payload-queue.ts';
import type {Kind, PipeOptions, Send, Verb} from './request-kind.ts';
import {type SavedSeatQueue, SeatQueue} from './seat-queue.ts';
import {type SavedSpread, SpreadRequests} from './spread-requests.ts';
import {type SavedBucket, TokenBucket} from './token-bucket.ts';

export class RequestPipe {
  readonly #options: PipeOptions;
  readonly #bucket: TokenBucket;
  readonly #kinds: Kind[] = [];
  readonly #queues: PayloadQueue<unknown>[] = [];
  /** Of the events of what is on its way, in order. */
  readonly #handles = new NumberQueue();
  readonly #held = new HeldRequests();
  readonly #seatQueue: SeatQueue;
  /** Of what is on its way, in order, where they differ. */
  readonly #latencies = new NumberQueue();
  readonly #spread: SpreadRequests | undefined;
  readonly #timedOut: EventKind;
  #timeout: EventHandle | undefined;
  /** Since when the gate is closed for the reason for which it is. */
  #closedSince: Time = 0;
  #closedLimit: Time | undefined;
  #flowing: boolean;
  #lastArrival: Time = 0;

  constructor(options: PipeOptions) {
    const {simulation, name, limits, latency, gate, patient} = options;
    this.#options = options;
    this.#bucket = new TokenBucket(limits);
    this.#flowing = gate.allOpen;
    this.#timedOut = simulation.event(`api.request-timed-out-of-${name}`, () => this.#giveUp());
    if (gate.byNode && 'draw' in latency) {
      const arrived = (request: Arrived) => this.#receive(request);
      this.#spread = new SpreadRequests(simulation, name, arrived);
    }
    this.#seatQueue = new SeatQueue({
      ...{simulation, name},
      // Kubelets ask for ever.
      patient: patient || gate.byNode,
      seated: (key, request) => this.#store(key, request),
      ask: (key, request) => this.#admit(key, request),
      giveUp: request => this.#refuse(request),
      called: () => this.#look(),
    });
    gate.changed.watch(key => this.#turned(key));
    gate.gone.watch(key => {
      this.#held.drop(key);
      this.#seatQueue.drop(key);
      this.#spread?.drop(key);
      this.#look();
    });
  }

  /** A kind of request. What it carries besides two numbers waits in `queue` while on its way. */
  kind<Payload>(name: string, queue: PayloadQueue<Payload>, verb: Verb<Payload>): Send<Payload> {
    const {simulation, gate, latency, seats} = this.#options;
    const kind = this.#kinds.push({verb, queue} as Kind) - 1;
    if (!this.#queues.includes(queue as Kind['queue'])) this.#queues.push(queue as Kind['queue']);
    const stored = simulation.event(name, (a: number, b: number) => {
      this.#handles.drop();
      const payload = queue.shift();
      const takes = 'always' in latency ? latency.always : this.#latencies.shift();
      if (this.#flowing) {
        const key = gate.byNode ? verb.node(a, payload) : onlyKey;
        const end = seats?.(key)?.take(simulation.now, takes) ?? simulation.now;
        if (end === simulation.now) verb.perform(a, b, payload);
        else this.#await(key, this.#arrived({kind, a, b, payload, takes}), end);
      } else this.#receive(this.#arrived({kind, a, b, payload, takes}));
    });
    const spread = this.#spread;
    if (spread === undefined) {
      return (a, b, payload) => {
        queue.push(payload);
        this.#handles.push(stored.at(this.#arrival(), a, b));
      };
    }
    return (a, b, payload) => {
      const takes = this.#latency();
      const request = this.#arrived({kind, a, b, payload, takes});
      spread.send(verb.node(a, payload), request, this.#sentAt() + takes);
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
    this.#seatQueue.clear();
    this.#latencies.clear();
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
    const takes = this.#latency();
    if ('draw' in this.#options.latency) this.#latencies.push(takes);
    this.#lastArrival = Math.max(this.#lastArrival, this.#sentAt() + takes);
    return this.#lastArrival;
  }

  #arrived(request: Omit<Arrived, 'cause' | 'since'>): Arrived {
    const {cause, now: since} = this.#options.simulation;
    return {...request, cause, since};
  }

  #receive(request: Arrived): void {
    const key = this.#keyOf(request);
    const {gate} = this.#options;
    const frees = this.#kinds[request.kind].verb.frees === true;
    if (frees && !gate.open(key) && gate.openToDeletions(key)) this.#perform(request);
    else if (this.#seatQueue.has(key) || !this.#mustHold(key)) this.#admit(key, request);
    else this.#hold(key, request);
  }

  #mustHold(key: number): boolean {
    return !this.#options.gate.open(key) || this.#held.has(key);
  }

  #hold(key: number, request: Arrived): void {
    this.#held.add(key, request);
    this.#look();
  }

  /** Behind those of its key that wait for a seat. */
  #admit(key: number, request: Arrived): void {
    const {gate, seats, simulation} = this.#options;
    const {now} = simulation;
    const isOpen = gate.open(key);
    if (!isOpen && !this.#seatQueue.has(key)) this.#hold(key, request);
    else if (!isOpen || this.#seatQueue.refuses(key)) this.#seatQueue.follow(key, request);
    else {
      const end = seats?.(key)?.take(now, request.takes) ?? now;
      if (end === now && !this.#seatQueue.has(key)) this.#perform(request);
      else this.#await(key, request, end);
    }
  }

  #await(key: number, request: Arrived, end: Time): void {
    this.#seatQueue.add(key, request, end);
    this.#look();
  }

  /** One that had its seat. */
  #store(key: number, request: Arrived): void {
    if (!this.#mustHold(key)) this.#perform(request);
    else this.#hold(key, {...request, since: this.#options.simulation.now});
  }

  #refuse({kind, a, b, payload}: Arrived): void {
    this.#kinds[kind].verb.refuse(a, b, payload);
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
        if (next.seated) this.#perform(next);
        else this.#admit(one, next);
      }
    }
    simulation.cause = before;
    this.#look();
  }

  /** After whatever may have changed who waits, and for how long. */
  #look(): void {
    const {simulation, gate, patient} = this.#options;
    this.#flowing = gate.allOpen && this.#held.empty && this.#seatQueue.empty;
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
      this.#refuse(first);
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
      seatQueue: this.#seatQueue.save(pack),
      latencies: this.#latencies.save(),
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
    this.#seatQueue.restore(saved.seatQueue, unpack);
    this.#latencies.restore(saved.latencies);
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
  readonly seatQueue: SavedSeatQueue;
  readonly latencies: readonly number[];
  readonly spread: SavedSpread | undefined;
  readonly timeout: EventHandle | undefined;
  readonly closedSince: Time;
  readonly closedLimit: Time | undefined;
  readonly flowing: boolean;
  readonly lastArrival: Time;
};
