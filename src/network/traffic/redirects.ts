// Clients that are told to go elsewhere (308) and go there: what that comes to is what the request
// comes to.
//
//   begun ─▶ answered 308 ─▶ a request to the other address ─▶ over, with all that it took

import type {Time} from '../../engine/time.ts';
import type {Place} from '../../machines/links.ts';
import type {Outcome} from '../../machines/request-book.ts';
import type {Ended} from './attempts.ts';
import type {CallingId} from './calling.ts';
import type {ClientPlace, ClientPlaces} from './client-places.ts';
import {RowTable} from './row-table.ts';

// Columns. The first is 0 where the row is free.
const client = 0;
const parent = 1;
const begun = 2;
const width = 3;

export type RedirectParts = {
  readonly clients: ClientPlaces;
  addClient(calling: CallingId, place: Place): ClientPlace;
  /** Of a client of that calling; whoever has the ticket, above 0, hears of its end. */
  begin(client: ClientPlace, ticket: number): void;
  over(ended: Ended): void;
};

export class Redirects {
  readonly #parts: RedirectParts;
  readonly #rows = new RowTable(width);
  /** By the slot of who was sent there: who goes on for it. */
  #followers: (number | undefined)[] = [];

  constructor(parts: RedirectParts) {
    this.#parts = parts;
  }

  /** Whoever asked goes on to that calling's address. */
  follow(ended: Ended, calling: CallingId): void {
    const rows = this.#rows;
    const row = rows.take();
    rows.set(row, client, ended.client.slot + 1);
    rows.set(row, parent, ended.parent);
    rows.set(row, begun, ended.begun);
    const follower = this.#followerOf(ended.client, calling);
    follower.calling.record.sent++;
    this.#parts.begin(follower, -rows.ticket(row));
  }

  /** What a request came to that had been redirected. */
  over(ticket: number, outcome: Outcome, at: Time): void {
    const rows = this.#rows;
    const row = rows.rowOf(-ticket);
    if (row === undefined) return;
    const who = this.#parts.clients.all[rows.get(row, client) - 1];
    const ended = {
      ...{client: who, parent: rows.get(row, parent), begun: rows.get(row, begun)},
      ...{request: 0, serial: -1, near: 0, connection: 0, outcome, at},
    };
    rows.giveBack(row);
    this.#parts.over(ended);
  }

  /** What a client that is gone had under way; returns who went on for it, and for how many. */
  withdraw({slot}: ClientPlace): {
    readonly follower: ClientPlace | undefined;
    readonly count: number;
  } {
    const rows = this.#rows;
    let count = 0;
    for (let row = 0; row < rows.used; row++) {
      if (rows.get(row, client) !== slot + 1) continue;
      rows.giveBack(row);
      count++;
    }
    const known = this.#followers[slot];
    return {follower: known === undefined ? undefined : this.#parts.clients.all[known], count};
  }

  /** Another may have its slot later. */
  forget({slot}: ClientPlace): void {
    this.#followers[slot] = undefined;
  }

  save() {
    return {rows: this.#rows.save(), followers: [...this.#followers]};
  }

  restore({rows, followers}: ReturnType<Redirects['save']>): void {
    this.#rows.restore(rows);
    this.#followers = [...followers];
  }

  #followerOf(who: ClientPlace, calling: CallingId): ClientPlace {
    const known = this.#followers[who.slot];
    if (known !== undefined) return this.#parts.clients.all[known];
    const made = this.#parts.addClient(calling, who.place);
    this.#followers[who.slot] = made.slot;
    return made;
  }
}
