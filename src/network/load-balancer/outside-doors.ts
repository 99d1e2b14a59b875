// The ways in as those see them who measure how available Services are: of each Service the mean
// of its ways, and a word whenever that may have changed.

import {Signal} from '../../engine/signal.ts';
import type {Machines} from '../../machines/machines.ts';
import type {OutsideDoors} from '../../machines/stated-clients.ts';
import type {ServiceId} from '../../objects/ids.ts';
import type {Store} from '../../objects/store.ts';
import {DoorSuccess, type SuccessParts} from './door-success.ts';
import type {Doors} from './doors.ts';

type SeenParts = SuccessParts & {
  readonly store: Store;
  readonly machines: Machines;
  readonly doors: Doors;
};

export class SeenDoors implements OutsideDoors {
  readonly changed = new Signal<[service: ServiceId]>();
  readonly #store: Store;
  readonly #all: readonly DoorSuccess[];

  /** Once all ways in are known. */
  constructor({store, machines, doors, ...parts}: SeenParts) {
    this.#store = store;
    this.#all = doors.all.map(door => new DoorSuccess(door, parts));
    const forgetAll = (): void => {
      for (const each of this.#all) this.#forget(each);
    };
    doors.turned.watch(door => {
      for (const each of this.#all) if (each.door === door) this.#forget(each);
    });
    machines.poweredOff.watch(forgetAll);
    machines.poweredOn.watch(forgetAll);
    parts.links.changed.watch(forgetAll);
    parts.views.moved.watch((node, service) => {
      for (const each of this.#all) {
        if (each.door.open?.service !== service) continue;
        each.look(node);
        this.#tell(each);
      }
    });
    parts.listeners.changed.watch(listener => {
      const serial = parts.listeners.serial(listener);
      for (const each of this.#all) if (each.concerns(serial)) this.#forget(each);
    });
  }

  success(service: ServiceId): number | undefined {
    const name = this.#store.services.nameOf(service);
    let [sum, count] = [0, 0];
    let there = false;
    for (const {door, value} of this.#all) {
      if (door.wish.service !== name) continue;
      there ||= value !== undefined;
      sum += value ?? 0;
      count++;
    }
    return there ? sum / count : undefined;
  }

  #forget(door: DoorSuccess): void {
    door.forget();
    this.#tell(door);
  }

  #tell({door}: DoorSuccess): void {
    if (!this.changed.watched) return;
    const service = this.#store.services.id(door.wish.service);
    if (service !== undefined) this.changed.emit(service);
  }
}
