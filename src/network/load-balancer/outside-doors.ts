// The ways in as those see them who measure how available Services are: of each Service the mean
// of its ways, and a word whenever that may have changed.

import {Signal} from '../../engine/signal.ts';
import type {Machines} from '../../machines/machines.ts';
import type {OutsideDoors} from '../../machines/stated-clients.ts';
import type {ServiceId} from '../../objects/ids.ts';
import type {Store} from '../../objects/store.ts';
import type {IngressControllers} from '../ingress/ingress-controllers.ts';
import {type Beyond, DoorSuccess, type SuccessParts} from './door-success.ts';
import type {Doors} from './doors.ts';
import type {NodeDoor} from './node-door.ts';

/** What leads to a Service: a door, and maybe the pods of an ingress controller behind it. */
export type OutsideWay = {
  /** `namespace/name`. */
  readonly service: string;
  readonly door: NodeDoor;
  readonly beyond: Beyond | undefined;
};

type SeenParts = SuccessParts & {
  readonly store: Store;
  readonly machines: Machines;
  readonly doors: Doors;
  readonly controllers: IngressControllers | undefined;
  readonly ways: readonly OutsideWay[];
};

type Seen = {readonly way: OutsideWay; readonly success: DoorSuccess};

export class SeenDoors implements OutsideDoors {
  readonly changed = new Signal<[service: ServiceId]>();
  readonly #store: Store;
  readonly #all: readonly Seen[];

  constructor(parts: SeenParts) {
    const {store, machines, doors, controllers, ways, links, views, listeners, hostPorts} = parts;
    this.#store = store;
    this.#all = ways.map(way => ({way, success: new DoorSuccess(way, parts)}));
    const forgetAll = (): void => this.#forget(() => true);
    doors.turned.watch(door => this.#forget(({way}) => way.door === door));
    machines.poweredOff.watch(forgetAll);
    machines.poweredOn.watch(forgetAll);
    links.changed.watch(forgetAll);
    listeners.changed.watch(listener => {
      const serial = listeners.serial(listener);
      this.#forget(({success}) => success.concerns(serial));
    });
    hostPorts?.changed.watch(() => this.#forget(({way}) => way.door.wish.hostPorts === true));
    controllers?.changed.watch(() => this.#forget(({way}) => way.beyond !== undefined));
    views.moved.watch((node, service) => {
      for (const {way, success} of this.#all) {
        if (way.door.open?.service !== service) continue;
        success.look(node);
        this.#tell(way);
      }
    });
  }

  success(service: ServiceId): number | undefined {
    const name = this.#store.services.nameOf(service);
    let [sum, count] = [0, 0];
    let there = false;
    for (const {way, success} of this.#all) {
      if (way.service !== name) continue;
      const {value} = success;
      there ||= value !== undefined;
      sum += value ?? 0;
      count++;
    }
    return there ? sum / count : undefined;
  }

  #forget(whom: (seen: Seen) => boolean): void {
    for (const seen of this.#all) {
      if (!whom(seen)) continue;
      seen.success.forget();
      this.#tell(seen.way);
    }
  }

  #tell(way: OutsideWay): void {
    if (!this.changed.watched) return;
    const service = this.#store.services.id(way.service);
    if (service !== undefined) this.changed.emit(service);
  }
}
