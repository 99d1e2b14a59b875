// All that is measured of requests, for a run in which somebody sends any.

import type {Time} from '../engine/time.ts';
import type {RequestBook} from '../machines/request-book.ts';
import type {Store} from '../objects/store.ts';
import type {Figure} from './figures.ts';
import {idleEndpoints} from './idle-endpoints.ts';
import {requestFigures} from './request-figures.ts';
import {endpointsTable, requestsTable} from './request-rows.ts';
import {type Slo, Slos} from './slos.ts';
import type {ResultTable} from './table.ts';
import type {World} from './world.ts';

export class RequestMeasures {
  readonly #store: Store;
  readonly #requests: RequestBook;
  readonly #slos: Slos | undefined;

  constructor(world: World, requests: RequestBook, slos: readonly Slo[]) {
    this.#store = world.store;
    this.#requests = requests;
    this.#slos = slos.length > 0 ? new Slos(world, slos, requests) : undefined;
  }

  figures(end: Time): Figure[] {
    const ofRequests = requestFigures(this.#requests.records(), end);
    return [...ofRequests, ...(this.#slos?.figures(end) ?? [])];
  }

  tables(end: Time): ResultTable[] {
    const records = this.#requests.records();
    const slos = this.#slos?.table(end);
    const idle = idleEndpoints(this.#store);
    return [
      ...(records.length > 0 ? [requestsTable(records, idle), endpointsTable(records, idle)] : []),
      ...(slos === undefined ? [] : [slos]),
    ];
  }
}
