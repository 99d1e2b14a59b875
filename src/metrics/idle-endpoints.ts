// Pods behind a Service that are ready when the run is over and got none of its requests: they
// belong to how even the load was.

import type {EndpointLoad, RequestRecord} from '../machines/request-book.ts';
import type {Endpoint} from '../objects/endpoint-slice.ts';
import type {Store} from '../objects/store.ts';
import {addressText} from '../options/address.ts';

export type IdleEndpoints = (records: readonly RequestRecord[]) => EndpointLoad[];

/** Of records of one Service, whose requests are taken together. */
export function idleEndpoints(store: Store): IdleEndpoints {
  const ready = readyEndpoints(store);
  return records => {
    const [{namespace, service}] = records;
    const busy = new Set<string>();
    for (const load of records.flatMap(record => [...record.loads()])) busy.add(keyOf(load));
    const all = ready.get(`${namespace}/${service}`) ?? [];
    return all.filter(load => !busy.has(keyOf(load)));
  };
}

export function keyOf({serial, endpoint}: EndpointLoad): string {
  return serial > 0 ? `${serial}` : endpoint;
}

function readyEndpoints(store: Store): Map<string, EndpointLoad[]> {
  const byService = new Map<string, Map<string, EndpointLoad>>();
  for (const [, {namespace, service, endpoints}] of store.endpointSlices.all()) {
    if (service === undefined) continue;
    const key = `${namespace}/${service}`;
    const own = byService.get(key) ?? new Map<string, EndpointLoad>();
    byService.set(key, own);
    // Those with ports of different numbers are in several slices.
    for (const endpoint of endpoints) {
      if (!endpoint.ready) continue;
      const load = idleLoad(endpoint, store);
      own.set(keyOf(load), load);
    }
  }
  return new Map([...byService].map(([key, own]) => [key, [...own.values()]]));
}

function idleLoad({address, pod, node}: Endpoint, {pods}: Store): EndpointLoad {
  const alive = pod !== undefined && pods.serial(pod.id) === pod.serial;
  const endpoint = alive ? pods.name(pod.id) : addressText(address);
  return {endpoint, serial: pod?.serial ?? 0, node, requests: 0, failed: 0};
}
