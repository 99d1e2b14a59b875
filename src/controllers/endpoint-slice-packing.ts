// Which endpoint goes into which slice, so that few slices are written (es:reconciler.go,
// reconcileByPortMapping): endpoints stay where they are, new ones fill up slices that are written
// anyway, the fullest first, and nothing is ever moved to make it tidy.

import {
  type Endpoint,
  type EndpointPort,
  type EndpointSlice,
  mostEndpoints,
} from '../objects/endpoint-slice.ts';
import {type PortGroup, portKey} from './endpoint-slice-endpoints.ts';

/** A slice as it is to be. */
export type Draft = {
  /** The one there is; `undefined` for a new one. */
  readonly slice: EndpointSlice | undefined;
  readonly ports: readonly EndpointPort[];
  readonly endpoints: Endpoint[];
};

export type Packing = {
  create: Draft[];
  update: Draft[];
  unchanged: Draft[];
  remove: EndpointSlice[];
};

/** `existing` in the order of their making. */
export function pack(
  existing: readonly EndpointSlice[],
  wanted: ReadonlyMap<string, PortGroup>,
  headless: boolean,
): Packing {
  const packing: Packing = {create: [], update: [], unchanged: [], remove: []};
  const byPorts = new Map<string, EndpointSlice[]>();
  for (const slice of existing) {
    const key = portKey(slice.ports);
    const others = byPorts.get(key);
    if (others === undefined) byPorts.set(key, [slice]);
    else others.push(slice);
  }
  for (const group of wanted.values()) {
    packGroup(byPorts.get(group.key) ?? [], group, {packing, headless});
  }
  for (const [key, slices] of byPorts) if (!wanted.has(key)) packing.remove.push(...slices);
  keepPlaceholder(packing);
  pairUp(packing);
  return packing;
}

function packGroup(
  existing: readonly EndpointSlice[],
  {ports, endpoints}: PortGroup,
  {packing, headless}: {packing: Packing; headless: boolean},
): void {
  const wanted = new Map(endpoints.map(endpoint => [endpoint.pod?.serial, endpoint]));
  const update: Draft[] = [];
  const unchanged: Draft[] = [];
  for (const slice of existing) {
    const {kept, changed} = keep(slice, wanted);
    const draft: Draft = {slice, ports: slice.ports, endpoints: kept};
    if (!changed && slice.headless === headless) unchanged.push(draft);
    else if (kept.length === 0 && changed) packing.remove.push(slice);
    else update.push(draft);
  }
  const left = [...wanted.values()];
  update.sort((one, other) => other.endpoints.length - one.endpoints.length);
  for (const draft of update) fill(draft, left);
  while (left.length > 0) {
    const room = left.length < mostEndpoints ? fullestWithRoom(unchanged, left.length) : undefined;
    const draft: Draft = room ?? {slice: undefined, ports, endpoints: []};
    fill(draft, left);
    if (room === undefined) packing.create.push(draft);
    else {
      unchanged.splice(unchanged.indexOf(room), 1);
      update.push(room);
    }
  }
  packing.update.push(...update);
  packing.unchanged.push(...unchanged);
}

/** Takes what the slice has already out of what is wanted. */
function keep(slice: EndpointSlice, wanted: Map<number | undefined, Endpoint>) {
  const kept: Endpoint[] = [];
  let changed = false;
  for (const endpoint of slice.endpoints) {
    const now = wanted.get(endpoint.pod?.serial);
    if (now === undefined || now.address !== endpoint.address) {
      changed = true;
      continue;
    }
    wanted.delete(endpoint.pod?.serial);
    const same = sameButForHints(endpoint, now);
    if (!same) changed = true;
    kept.push(same ? endpoint : now);
  }
  return {kept, changed};
}

// As EndpointsEqualBeyondHash.
function sameButForHints(one: Endpoint, other: Endpoint): boolean {
  return (
    one.ready === other.ready &&
    one.serving === other.serving &&
    one.terminating === other.terminating &&
    one.node === other.node &&
    one.zone === other.zone
  );
}

/** In the order of the pods' creation, where the real one takes any. */
function fill({endpoints}: Draft, left: Endpoint[]): void {
  endpoints.push(...left.splice(0, Math.max(0, mostEndpoints - endpoints.length)));
}

// As getSliceToFill.
function fullestWithRoom(drafts: readonly Draft[], count: number): Draft | undefined {
  let best: Draft | undefined;
  for (const draft of drafts) {
    const {length} = draft.endpoints;
    if (length + count > mostEndpoints) continue;
    if (best === undefined || length > best.endpoints.length) best = draft;
  }
  return best;
}

/** One empty slice without ports stays when there would be none at all. */
function keepPlaceholder(packing: Packing): void {
  const {create, update, unchanged, remove} = packing;
  if (create.length + update.length + unchanged.length > 0) return;
  const [only] = remove;
  const isOne = remove.length === 1 && only.ports.length === 0 && only.endpoints.length === 0;
  if (isOne) {
    packing.remove = [];
    packing.unchanged = [{slice: only, ports: only.ports, endpoints: []}];
  } else create.push({slice: undefined, ports: [], endpoints: []});
}

// As finalize: a creation and a deletion become one update.
function pairUp({create, update, remove}: Packing): void {
  while (create.length > 0 && remove.length > 0) {
    const draft = create.pop();
    const slice = remove.shift();
    if (draft !== undefined) update.push({...draft, slice});
  }
}
