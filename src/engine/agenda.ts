// What is to happen, and what time it is: the clock, the pending events and the kinds they are of.

import {type Handler, ScheduledKind} from './event-kind.ts';
import {EventQueue} from './event-queue.ts';
import {type EventHandle, kindLimit} from './event-table.ts';
import {hashOfName} from './fingerprint.ts';
import {endOfTime, type Time} from './time.ts';

export class Agenda {
  now: Time = 0;
  readonly queue = new EventQueue();
  // Of each kind, by its number.
  readonly names: string[] = [];
  readonly handlers: Handler[] = [];
  hashes = new Int32Array(16);
  counts = new Float64Array(16);

  declare(name: string, handler: Handler): ScheduledKind {
    if (this.names.includes(name)) throw new Error(`event kind ${name} is declared twice`);
    const kind = this.names.length;
    if (kind === kindLimit) throw new RangeError(`more than ${kindLimit} kinds of events`);
    if (kind === this.hashes.length) this.#grow();
    this.names.push(name);
    this.handlers.push(handler);
    this.hashes[kind] = hashOfName(name);
    return new ScheduledKind(name, kind, this);
  }

  schedule(time: Time, kind: number, a: number, b: number): EventHandle {
    // Written so that NaN and Infinity fail, too.
    if (!(time >= this.now && time <= endOfTime) || Math.floor(time) !== time) {
      throw new RangeError(this.#complaint(time, kind));
    }
    return this.queue.push(time, kind, a, b);
  }

  kindOf(name: string): number {
    const kind = this.names.indexOf(name);
    if (kind < 0) throw new Error(`no event kind ${name} is declared, but one is saved as pending`);
    return kind;
  }

  #complaint(time: Time, kind: number): string {
    const what = `cannot schedule ${this.names[kind]} at ${time}`;
    if (time < this.now) return `${what}: that is before now (${this.now})`;
    return `${what}: a time is a whole number of microseconds up to ${endOfTime}`;
  }

  #grow(): void {
    const hashes = new Int32Array(this.hashes.length * 2);
    const counts = new Float64Array(this.counts.length * 2);
    hashes.set(this.hashes);
    counts.set(this.counts);
    this.hashes = hashes;
    this.counts = counts;
  }
}
