// Who should prefer which endpoint: nobody in particular, those of its own zone or node
// (es:trafficdist/trafficdist.go), or zones by their cpu (es:topologycache/topologycache.go).

import type {Endpoint} from '../objects/endpoint-slice.ts';
import type {TrafficDistribution} from '../objects/service-object.ts';
import {type Allocation, allocate, exchanges, type ZoneShares} from '../objects/topology-hints.ts';
import {noHints} from './endpoint-slice-endpoints.ts';
import type {Draft, Packing} from './endpoint-slice-packing.ts';

/** `undefined` takes all hints away. Slices whose hints differ now are written too. */
export function distribute(packing: Packing, by: TrafficDistribution | undefined): void {
  writeOthers(packing, ({endpoints}) => endpoints.some(each => !hasHints(each, by)));
  for (const {endpoints} of [...packing.create, ...packing.update]) {
    for (const [i, endpoint] of endpoints.entries()) endpoints[i] = withHints(endpoint, by);
  }
}

/** How many endpoints are hinted to each zone; `undefined` where no hints can be given. */
export function dealOut(
  packing: Packing,
  shares: ZoneShares | undefined,
): ReadonlyMap<string, number> | undefined {
  const ready = [...packing.create, ...packing.update, ...packing.unchanged]
    .flatMap(({endpoints}) => endpoints)
    .filter(endpoint => endpoint.ready);
  const result = allocate(shares, ready.length);
  const zoneless = ready.some(({zone}) => !zone);
  if ('refused' in result || zoneless) {
    distribute(packing, undefined);
    return undefined;
  }
  const {allocations} = result;
  const hinted = keepHints(packing, allocations);
  const written = [...packing.create, ...packing.update];
  for (const {endpoints} of written) {
    for (const [i, endpoint] of endpoints.entries()) {
      const {zone = '', ready} = endpoint;
      endpoints[i] = {...endpoint, forZones: ready ? [zone] : noHints, forNodes: noHints};
      if (ready) hinted.set(zone, 1 + (hinted.get(zone) ?? 0));
    }
  }
  exchange(written, allocations, hinted);
  return hinted;
}

/** What stays in slices that need not be written; those that have too many are written too. */
function keepHints(
  packing: Packing,
  allocations: ReadonlyMap<string, Allocation>,
): Map<string, number> {
  const hinted = new Map<string, number>();
  writeOthers(packing, ({endpoints}) => {
    const own = new Map<string, number>();
    for (const {ready, forZones} of endpoints) {
      if (!ready) continue;
      if (forZones.length === 0) return true;
      for (const zone of forZones) own.set(zone, 1 + (own.get(zone) ?? 0));
    }
    for (const [zone, count] of own) {
      const most = allocations.get(zone)?.maximum ?? -1;
      if (count + (hinted.get(zone) ?? 0) > most) return true;
    }
    for (const [zone, count] of own) hinted.set(zone, count + (hinted.get(zone) ?? 0));
    return false;
  });
  return hinted;
}

function exchange(
  written: readonly Draft[],
  allocations: ReadonlyMap<string, Allocation>,
  hinted: Map<string, number>,
): void {
  const {giving, receiving} = exchanges(allocations, hinted);
  const zones = [...receiving.keys()].sort();
  for (const {endpoints} of written) {
    for (const [i, endpoint] of endpoints.entries()) {
      const from = endpoint.zone ?? '';
      const to = zones.find(zone => (receiving.get(zone) ?? 0) > 0);
      if (to === undefined) return;
      if (!endpoint.ready || (giving.get(from) ?? 0) === 0) continue;
      endpoints[i] = {...endpoint, forZones: [to]};
      add(giving, from, -1);
      add(receiving, to, -1);
      add(hinted, from, -1);
      add(hinted, to, 1);
    }
  }
}

function add(counts: Map<string, number>, zone: string, by: number): void {
  counts.set(zone, by + (counts.get(zone) ?? 0));
}

function writeOthers(packing: Packing, wrong: (draft: Draft) => boolean): void {
  const unchanged: Draft[] = [];
  for (const draft of packing.unchanged) (wrong(draft) ? packing.update : unchanged).push(draft);
  packing.unchanged = unchanged;
}

function hintsFor(
  {ready, zone, node}: Endpoint,
  by: TrafficDistribution | undefined,
): {zone: string | undefined; node: string | undefined} {
  if (by === undefined || !ready) return {zone: undefined, node: undefined};
  return {zone, node: by === 'PreferSameNode' ? node : undefined};
}

function hasHints(endpoint: Endpoint, by: TrafficDistribution | undefined): boolean {
  const {zone, node} = hintsFor(endpoint, by);
  return isOnly(endpoint.forZones, zone) && isOnly(endpoint.forNodes, node);
}

function isOnly(names: readonly string[], name: string | undefined): boolean {
  return name === undefined ? names.length === 0 : names.length === 1 && names[0] === name;
}

function withHints(endpoint: Endpoint, by: TrafficDistribution | undefined): Endpoint {
  if (hasHints(endpoint, by)) return endpoint;
  const {zone, node} = hintsFor(endpoint, by);
  const listOf = (name: string | undefined) => (name === undefined ? noHints : [name]);
  return {...endpoint, forZones: listOf(zone), forNodes: listOf(node)};
}
