// Proxies that know at once what the API holds, and choose among all ready endpoints.

import {Signal} from '../../../src/engine/signal.ts';
import type {Machines} from '../../../src/machines/machines.ts';
import type {Choices, ServiceViews, Target} from '../../../src/machines/service-views.ts';
import type {NodeId, ServiceId} from '../../../src/objects/ids.ts';
import type {Store} from '../../../src/objects/store.ts';

const refused: Choices = {verdict: 'refuse', targets: [], sticky: undefined};

export class InstantViews implements ServiceViews {
  readonly moved = new Signal<[node: NodeId, service: ServiceId]>();
  readonly #store: Store;
  readonly #known = new Map<ServiceId, Choices>();
  readonly #slices = new Map<string, Set<number>>();

  constructor(store: Store, machines: Machines) {
    this.#store = store;
    const {log} = store.endpointSlices;
    const cursor = log.cursor(() => {
      while (cursor.next < log.end) {
        const row = cursor.next++;
        const slice = log.value(row);
        const name = `${slice?.namespace}/${slice?.service}`;
        const slices = this.#slices.get(name) ?? new Set();
        this.#slices.set(name, slices);
        if (log.kind(row) === 'deleted') slices.delete(log.id(row));
        else slices.add(log.id(row));
        const service = store.services.id(name);
        if (service === undefined) continue;
        this.#known.delete(service);
        for (let node = 0 as NodeId; node < machines.count; node++) this.moved.emit(node, service);
      }
    });
  }

  choices(_node: NodeId, service: ServiceId): Choices {
    const known = this.#known.get(service);
    if (known !== undefined) return known;
    const targets = [...this.#targets(this.#store.services.nameOf(service))];
    const choices: Choices =
      targets.length === 0 ? refused : {verdict: 'choose', targets, sticky: undefined};
    this.#known.set(service, choices);
    return choices;
  }

  position(): number {
    return this.#store.endpointSlices.log.end;
  }

  *#targets(name: string): Generator<Target> {
    for (const id of this.#slices.get(name) ?? []) {
      for (const {pod, ready, node, address, zone} of this.#store.endpointSlices.get(id)
        ?.endpoints ?? []) {
        if (!ready) continue;
        const there = node === undefined ? undefined : this.#store.nodes.id(node);
        yield {...{pod: pod?.id, serial: pod?.serial ?? 0}, address, port: 80, node: there, zone};
      }
    }
  }
}
