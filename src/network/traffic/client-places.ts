// Who calls from where: a traffic entry at a node or outside, a pod that calls others.

import type {Place} from '../../machines/links.ts';
import type {Caller} from '../destination.ts';
import type {Calling} from './callings.ts';
import type {Pool} from './pools.ts';

export type ClientPlace = Caller & {
  /** Its place among all, used again once it is gone. */
  readonly slot: number;
  readonly calling: Calling;
  readonly zone: string | undefined;
  /** Its kept connections. */
  readonly pool: Pool | undefined;
  gone: boolean;
};

type SavedPlace = {
  readonly id: number;
  readonly calling: number;
  readonly place: Place;
  readonly zone: string | undefined;
  readonly gone: boolean;
  readonly pool: unknown;
};

export type SavedPlaces = {
  readonly all: readonly SavedPlace[];
  readonly free: readonly number[];
  readonly ids: number;
};

type NewPlace = Pick<ClientPlace, 'calling' | 'place' | 'zone' | 'pool'>;

export class ClientPlaces {
  all: ClientPlace[] = [];
  #free: number[] = [];
  #ids = 0;

  add({calling, place, zone, pool}: NewPlace): ClientPlace {
    const slot = this.#free.pop() ?? this.all.length;
    const client = {slot, id: this.#ids++, calling, place, zone, pool, gone: false};
    this.all[slot] = client;
    return client;
  }

  /** `free`: its place may be another's. */
  remove(client: ClientPlace, free: boolean): void {
    client.gone = true;
    if (free) this.#free.push(client.slot);
  }

  save(): SavedPlaces {
    return {
      all: this.all.map(({id, calling, place, zone, gone, pool}) => {
        return {id, calling: calling.id, place, zone, gone, pool: pool?.save()};
      }),
      free: [...this.#free],
      ids: this.#ids,
    };
  }

  restore(saved: SavedPlaces, made: (place: SavedPlace) => Pick<ClientPlace, 'calling' | 'pool'>) {
    this.all = saved.all.map((each, slot) => {
      const {id, place, zone, gone} = each;
      return {slot, id, place, zone, gone, ...made(each)};
    });
    this.#free = [...saved.free];
    this.#ids = saved.ids;
  }
}
