// Who calls from where: a traffic entry at a node or outside, a pod that calls others.

import type {Time} from '../../engine/time.ts';
import type {Place} from '../../machines/links.ts';
import type {Caller} from '../destination.ts';
import type {Calling} from './callings.ts';
import {longestBack} from './plain-ticket.ts';
import type {Pool} from './pools.ts';

export type ClientPlace = Caller & {
  readonly pod: number | undefined;
  readonly template: number | undefined;
  /** Its place among all, used again once it is gone. */
  readonly slot: number;
  readonly calling: Calling;
  /** As servers number them. */
  readonly zone: number;
  /** Its kept connections. */
  readonly pool: Pool | undefined;
  gone: boolean;
};

type SavedPlace = {
  readonly id: number;
  readonly calling: number;
  readonly place: Place;
  readonly pod: number | undefined;
  readonly template: number | undefined;
  readonly zone: number;
  readonly gone: boolean;
  readonly pool: unknown;
};

export type SavedPlaces = {
  readonly all: readonly SavedPlace[];
  readonly free: readonly number[];
  readonly freed: readonly Time[];
  readonly ids: number;
};

type NewPlace = Pick<ClientPlace, 'calling' | 'place' | 'pod' | 'template' | 'zone' | 'pool'>;

export class ClientPlaces {
  all: ClientPlace[] = [];
  #free: number[] = [];
  /** When each of those was freed. */
  #freed: Time[] = [];
  #ids = 0;

  add(given: NewPlace, now: Time): ClientPlace {
    const slot = this.#freeSlot(now) ?? this.all.length;
    const client = {...given, slot, id: this.#ids++, gone: false};
    this.all[slot] = client;
    return client;
  }

  /** Requests may still be on their way that know it by its place alone. */
  remove(client: ClientPlace, now: Time): void {
    client.gone = true;
    this.#free.push(client.slot);
    this.#freed.push(now);
  }

  save(): SavedPlaces {
    return {
      all: this.all.map(({id, calling, place, pod, template, zone, gone, pool}) => {
        const who = {id, place, pod, template, zone, gone};
        return {...who, calling: calling.id, pool: pool?.save()};
      }),
      free: [...this.#free],
      freed: [...this.#freed],
      ids: this.#ids,
    };
  }

  /** Whoever stands there already stays the same object: its source knows it. */
  restore(saved: SavedPlaces, made: (place: SavedPlace) => Pick<ClientPlace, 'calling' | 'pool'>) {
    const before = this.all;
    this.all = saved.all.map((each, slot) => {
      const {id, place, pod, template, zone, gone} = each;
      const who = {slot, id, place, pod, template, zone, gone};
      const known = before[slot];
      const client = known?.id === id ? known : {...who, ...made(each)};
      client.gone = gone;
      client.pool?.restore(each.pool as ReturnType<Pool['save']>);
      return client;
    });
    this.#free = [...saved.free];
    this.#freed = [...saved.freed];
    this.#ids = saved.ids;
  }

  #freeSlot(now: Time): number | undefined {
    if (this.#freed.length === 0 || now - this.#freed[0] <= longestBack) return undefined;
    this.#freed.shift();
    return this.#free.shift();
  }
}
