// Users who send a request, wait for its answer, think, and send the next:
//
//   begin ─▶ at a caller's place ─▶ request ─▶ answer ─▶ think ─┐
//                 ▲     └─ no power: waits until there is ──────┤
//                 └──────────────────────────────────────────────┘
//
// They are spread evenly over the callers' places. One who finds that his place is gone, or has
// more than its share of users, goes on at another; where there is none, he waits for one.

import type {Simulation} from '../../../engine/simulation.ts';
import {millisecond} from '../../../engine/time.ts';
import type {Machines} from '../../../machines/machines.ts';
import type {NodeId} from '../../../objects/ids.ts';
import {type Draw, drawer} from '../../../options/drawer.ts';
import type {Caller} from '../../destination.ts';
import type {Callers} from '../callers.ts';
import type {ClientPlace} from '../client-places.ts';
import type {TrafficEntry} from '../traffic-options.ts';
import type {SourceClock} from './source-clock.ts';

export type UsersParts = {
  readonly simulation: Simulation;
  readonly machines: Machines;
  readonly clock: SourceClock;
  readonly callers: Pick<Callers, 'came' | 'went' | 'count' | 'at' | 'find'>;
  /** False where the caller cannot send. */
  readonly begin: (client: ClientPlace) => boolean;
};

/** In place of a caller's number: at no place. */
const nowhere = -1;

const noThought = {law: 'constant', measure: 'duration', value: 0} as const;

export class Users {
  readonly #simulation: Simulation;
  readonly #think: Draw;
  readonly #entry: TrafficEntry & {users: number};
  #parts: UsersParts | undefined;
  #wake: ((time: number, caller: number) => void) | undefined;
  /** By the caller's number: users at its place, and those of them who wait for power. */
  #at = new Map<number, number>();
  #dark = new Map<number, number>();
  #waiting = 0;
  #turn = 0;
  /** Requests begun in this instant. */
  #begun = {now: nowhere, count: 0};

  constructor(simulation: Simulation, entry: TrafficEntry) {
    this.#simulation = simulation;
    this.#entry = {...entry, users: entry.users ?? 0};
    this.#think = drawer(
      entry.think ?? noThought,
      simulation.random(`traffic.${entry.name}/think`),
    );
    simulation.part(`traffic.${entry.name}/users`, this);
  }

  start(parts: UsersParts): void {
    const {users, starts, ramp = 0} = this.#entry;
    this.#parts = parts;
    this.#wake = parts.clock.add(caller => this.#goOn(caller));
    parts.callers.came.watch(() => this.#releaseWaiting());
    parts.callers.went.watch(client => this.#leave(client));
    parts.machines.poweredOn.watch(node => this.#light(node));
    for (let user = 0; user < users; user++) {
      const begins = starts + Math.floor((ramp * user) / users);
      this.#wake(begins + this.#think(), nowhere);
    }
  }

  /** A request from there is over. */
  answered(caller: Caller): void {
    this.#goOnAfter(this.#pause(), caller.id);
  }

  save() {
    return {
      at: [...this.#at],
      dark: [...this.#dark],
      waiting: this.#waiting,
      turn: this.#turn,
      begun: {...this.#begun},
    };
  }

  restore(saved: ReturnType<Users['save']>): void {
    this.#at = new Map(saved.at);
    this.#dark = new Map(saved.dark);
    this.#waiting = saved.waiting;
    this.#turn = saved.turn;
    this.#begun = {...saved.begun};
  }

  #goOn(caller: number): void {
    const {ends = Infinity} = this.#entry;
    if (this.#simulation.now >= ends) return;
    const client = this.#placeFor(caller);
    if (client === undefined) this.#waiting++;
    else if (this.#parts?.begin(client)) this.#countBegun();
    else add(this.#dark, client.id, 1);
  }

  #placeFor(caller: number): ClientPlace | undefined {
    const callers = this.#parts?.callers;
    if (callers === undefined || callers.count === 0) return undefined;
    const share = Math.ceil(this.#entry.users / callers.count);
    const own = callers.find(caller);
    if (own !== undefined) {
      if ((this.#at.get(caller) ?? 0) <= share) return own;
      add(this.#at, caller, -1);
    }
    // Not all places can have their share already, since this user is at none.
    for (;;) {
      const client = callers.at(this.#turn++);
      if ((this.#at.get(client.id) ?? 0) >= share) continue;
      add(this.#at, client.id, 1);
      return client;
    }
  }

  /** Answers that take no time, and no thought, must not be asked for for ever in one instant. */
  #pause(): number {
    const pause = this.#think();
    const {now, count} = this.#begun;
    const endless = now === this.#simulation.now && count > this.#entry.users;
    return endless ? Math.max(millisecond, pause) : pause;
  }

  #countBegun(): void {
    const {now} = this.#simulation;
    if (this.#begun.now !== now) this.#begun = {now, count: 0};
    this.#begun.count++;
  }

  #releaseWaiting(): void {
    const count = this.#waiting;
    this.#waiting = 0;
    for (let i = 0; i < count; i++) this.#goOnAfter(this.#think(), nowhere);
  }

  #leave({id}: ClientPlace): void {
    this.#at.delete(id);
    this.#releaseDark(id);
  }

  #light(node: NodeId): void {
    for (const id of [...this.#dark.keys()]) {
      if (this.#parts?.callers.find(id)?.place === node) this.#releaseDark(id);
    }
  }

  #releaseDark(id: number): void {
    const count = this.#dark.get(id) ?? 0;
    this.#dark.delete(id);
    for (let i = 0; i < count; i++) this.#goOnAfter(this.#think(), id);
  }

  #goOnAfter(pause: number, caller: number): void {
    this.#wake?.(this.#simulation.now + pause, caller);
  }
}

function add(counts: Map<number, number>, id: number, delta: number): void {
  counts.set(id, (counts.get(id) ?? 0) + delta);
}
