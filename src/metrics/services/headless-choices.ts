// Where a client of a headless Service goes: to one of the ready endpoints that the API holds. No
// proxy is in between; that answers are kept for a while is not counted.

import {HeadlessEndpoints} from '../../machines/headless-endpoints.ts';
import type {Choices} from '../../machines/service-views.ts';
import type {Cursor} from '../../objects/change-log.ts';
import type {ServiceId} from '../../objects/ids.ts';
import type {Store} from '../../objects/store.ts';

const nobody: Choices = {verdict: 'refuse', targets: [], sticky: undefined};

export class HeadlessChoices {
  readonly #store: Store;
  readonly #endpoints: HeadlessEndpoints;
  readonly #cursor: Cursor;
  readonly #changed: (service: ServiceId) => void;
  /** Made as somebody asks. */
  readonly #known = new Map<ServiceId, Choices>();

  constructor(store: Store, changed: (service: ServiceId) => void) {
    this.#store = store;
    this.#endpoints = new HeadlessEndpoints(store);
    this.#changed = changed;
    this.#cursor = store.endpointSlices.log.cursor(() => this.#readLog());
  }

  of(service: ServiceId): Choices {
    const known = this.#known.get(service);
    if (known !== undefined) return known;
    const object = this.#store.services.get(service);
    const targets = object === undefined ? [] : this.#endpoints.targets(object, {});
    const choices: Choices =
      targets.length === 0 ? nobody : {verdict: 'choose', targets, sticky: undefined};
    this.#known.set(service, choices);
    return choices;
  }

  /** What it knows follows from what the API holds. */
  restore(): void {
    this.#known.clear();
    this.#endpoints.clear();
    for (const [id, slice] of this.#store.endpointSlices.all()) {
      if (this.#endpoints.concerns(slice)) this.#endpoints.take(id, slice, false);
    }
  }

  #readLog(): void {
    const {log} = this.#store.endpointSlices;
    while (this.#cursor.next < log.end) {
      const row = this.#cursor.next++;
      const slice = log.value(row);
      if (slice === undefined || !this.#endpoints.concerns(slice)) continue;
      this.#endpoints.take(log.id(row), slice, log.kind(row) === 'deleted');
      const service = this.#store.services.id(`${slice.namespace}/${slice.service}`);
      if (service === undefined) continue;
      this.#known.delete(service);
      this.#changed(service);
    }
  }
}
