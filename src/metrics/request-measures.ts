// All that is measured of requests, for a run in which somebody sends any.

import type {Time} from '../engine/time.ts';
import type {RequestBook} from '../machines/request-book.ts';
import type {Figure} from './figures.ts';
import {requestFigures} from './request-figures.ts';
import {endpointsTable, requestsTable} from './request-rows.ts';
import {type Slo, Slos} from './slos.ts';
import type {ResultTable} from './table.ts';
import type {World} from './world.ts';

export class RequestMeasures {
  readonly #requests: RequestBook;
  readonly #slos: Slos | undefined;

  constructor(world: World, requests: RequestBook, slos: readonly Slo[]) {
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
    return [
      ...(records.length > 0 ? [requestsTable(records), endpointsTable(records)] : []),
      ...(slos === undefined ? [] : [slos]),
    ];
  }
}
