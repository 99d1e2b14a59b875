// Where a client of a headless Service goes: its name stands for the ready endpoints that the API
// holds. No proxy is in between; that answers are kept for a while is not counted.

import type {Choices, Target} from '../../machines/service-views.ts';
import type {Cursor} from '../../objects/change-log.ts';
import type {EndpointSlice} from '../../objects/endpoint-slice.ts';
import type {ServiceId} from '../../objects/ids.ts';
import type {Store} from '../../objects/store.ts';

const nobody: Choices = {verdict: 'refuse', targets: [], sticky: undefined};

export class HeadlessChoices {
  readonly #store: Store;
  readonly #cursor: Cursor;
  readonly #changed: (service: ServiceId) => void;
  /** Slices of each headless Service, by its full name. */
  readonly #slices = new Map<string, Set<number>>();
  /** Made as somebody asks. */
  readonly #known = new Map<ServiceId, Choices>();

  constructor(store: Store, changed: (service: ServiceId) => void) {
    this.#store = store;
    this.#changed = changed;
    this.#cursor = store.endpointSlices.log.cursor(() => this.#readLog());
  }

  of(service: ServiceId): Choices {
    const known = this.#known.get(service);
    if (known !== undefined) return known;
    const targets = [...this.#targets(this.#store.services.nameOf(service))];
    const choices: Choices =
      targets.length === 0 ? nobody : {verdict: 'choose', targets, sticky: undefined};
    this.#known.set(service, choices);
    return choices;
  }

  /** What it knows follows from what the API holds. */
  restore(): void {
    this.#known.clear();
    this.#slices.clear();
    for (const [id, slice] of this.#store.endpointSlices.all()) this.#note(id, slice, true);
  }

  #readLog(): void {
    const {log} = this.#store.endpointSlices;
    while (this.#cursor.next < log.end) {
      const row = this.#cursor.next++;
      const slice = log.value(row);
      if (slice?.headless !== true || slice.service === undefined) continue;
      this.#note(log.id(row), slice, log.kind(row) !== 'deleted');
      const service = this.#store.services.id(`${slice.namespace}/${slice.service}`);
      if (service === undefined) continue;
      this.#known.delete(service);
      this.#changed(service);
    }
  }

  #note(id: number, {headless, namespace, service}: EndpointSlice, there: boolean): void {
    if (!headless || service === undefined) return;
    const name = `${namespace}/${service}`;
    const slices = this.#slices.get(name) ?? new Set();
    this.#slices.set(name, slices);
    if (there) slices.add(id);
    else slices.delete(id);
  }

  *#targets(service: string): Generator<Target> {
    for (const id of this.#slices.get(service) ?? []) {
      const slice = this.#store.endpointSlices.get(id);
      if (slice === undefined) continue;
      for (const {address, pod, node, zone, ready} of slice.endpoints) {
        if (!ready) continue;
        yield {
          ...{pod: pod?.id, serial: pod?.serial ?? 0, address, zone},
          port: slice.ports[0]?.port ?? 0,
          node: node === undefined ? undefined : this.#store.nodes.id(node),
        };
      }
    }
  }
}
