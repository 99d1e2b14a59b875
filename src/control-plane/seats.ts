// Requests that one API server serves at once for one priority level, each for as long as it takes.
// Worked out when a request would be done if nobody had to wait: in that order they are served, and
// no event is needed to say so.

import {second, type Time} from '../engine/time.ts';

/** As priority and fairness: a quarter of a request's minute, after which it is refused (429). */
export const seatPatience: Time = 15 * second;

/** A request that was refused. */
export const noSeat = Infinity;

export class Seats {
  /** When each seat is free, the earliest first. */
  readonly #ends: Float64Array;

  constructor(count: number) {
    this.#ends = new Float64Array(count).fill(-Infinity);
  }

  /** For a request that has all behind it at `end` if it need not wait: when it has. */
  take(end: Time, takes: Time): Time {
    const ends = this.#ends;
    const begin = end - takes;
    const earliest = ends[0];
    if (earliest > begin) {
      if (earliest - begin > seatPatience) return noSeat;
      this.#occupy(0, earliest + takes);
      return earliest + takes;
    }
    // Of those that are free the one that was left last: the others were free all along for a
    // request that began earlier and takes longer.
    let seat = ends.length - 1;
    while (ends[seat] > begin) seat--;
    this.#occupy(seat, end);
    return end;
  }

  #occupy(seat: number, end: Time): void {
    const ends = this.#ends;
    let at = seat;
    for (; at + 1 < ends.length && ends[at + 1] < end; at++) ends[at] = ends[at + 1];
    ends[at] = end;
  }

  save(): Float64Array {
    return this.#ends.slice();
  }

  static of(saved: Float64Array): Seats {
    const seats = new Seats(saved.length);
    seats.#ends.set(saved);
    return seats;
  }
}
