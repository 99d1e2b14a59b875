// Who of the endpoints gets a new connection, as a node's kernel chooses: with iptables and
// nftables any, with ipvs by its scheduler (linux: net/netfilter/ipvs). All weights are 1, so that
// wlc, sed and nq are lc, and wrr is an rr that begins at the head again when its list changes.

import type {RandomStream} from '../../engine/random.ts';
import {unreachable} from '../../engine/unreachable.ts';
import type {Choices, Target} from '../../machines/service-views.ts';
import type {NodeId} from '../../objects/ids.ts';
import type {ProxyMode} from '../latency/first-packet.ts';
import {EndpointChain} from '../rules/iptables-chain.ts';
import {maglevRow, maglevTable} from '../rules/maglev-table.ts';
import {WeightedRoundRobin, type WheelState} from '../rules/weighted-round-robin.ts';
import type {IpvsScheduler} from './proxy-options.ts';

export type Chooser = {
  /** A place among the targets, of which there is at least one. */
  choose(node: NodeId, {targets}: Choices, caller: number): number;
  save(): unknown;
  restore(saved: unknown): void;
};

export type ChooserParts = {
  readonly mode: ProxyMode;
  readonly scheduler: IpvsScheduler;
  /** Of the modes that choose by chance. */
  readonly stream: RandomStream | undefined;
  /** Connections that a target has now. */
  readonly load: (target: Target) => number;
  /** The address that is called at a node. */
  readonly called: (node: NodeId) => number;
};

export function chooserOf({mode, scheduler, stream, load, called}: ChooserParts): Chooser {
  if (mode !== 'ipvs') {
    if (stream === undefined) throw new Error(`${mode} chooses by chance`);
    return mode === 'iptables' ? byRules(stream) : byChance(stream);
  }
  switch (scheduler) {
    case 'rr':
      return new RoundRobin();
    case 'wrr':
      return new Wheels();
    case 'lc':
    case 'wlc':
    case 'sed':
    case 'nq':
      return leastConnections(load);
    case 'sh':
      return bySource;
    case 'dh':
      return byDestination(called);
    case 'mh':
      return byMaglev();
    default:
      return unreachable(scheduler);
  }
}

function byChance(stream: RandomStream): Chooser {
  return {
    choose: (_node, {targets}) =>
      targets.length === 1 ? 0 : stream.integer(0, targets.length - 1),
    ...stateless,
  };
}

function byRules(stream: RandomStream): Chooser {
  const chain = new EndpointChain();
  return {
    choose: (_node, {targets}) =>
      targets.length === 1 ? 0 : chain.taken(targets.length, stream.uniform()),
    ...stateless,
  };
}

const stateless = {save: () => undefined, restore: () => undefined};

/** The one after the last one, each node for itself; the last one is known by its address. */
class RoundRobin implements Chooser {
  #last: (number | undefined)[] = [];
  #place: number[] = [];

  choose(node: NodeId, {targets}: Choices): number {
    const last = this.#last[node];
    let place = this.#place[node] ?? -1;
    // Where the list has changed it goes on after the same endpoint.
    if (last !== undefined && targets[place]?.address !== last) {
      place = targets.findLastIndex(({address}) => address <= last);
    }
    place = (place + 1) % targets.length;
    this.#place[node] = place;
    this.#last[node] = targets[place].address;
    return place;
  }

  save(): unknown {
    return [[...this.#last], [...this.#place]];
  }

  restore(saved: unknown): void {
    const [last, place] = saved as [(number | undefined)[], number[]];
    this.#last = [...last];
    this.#place = [...place];
  }
}

/** A wheel for each node, and the list that it goes round. */
class Wheels implements Chooser {
  #wheels: WeightedRoundRobin[] = [];
  #lists: (readonly Target[])[] = [];

  choose(node: NodeId, {targets}: Choices): number {
    if (this.#lists[node] !== targets) this.#turnTo(node, targets);
    return this.#wheels[node].next() ?? 0;
  }

  #turnTo(node: NodeId, targets: readonly Target[]): void {
    const before = this.#lists[node];
    this.#lists[node] = targets;
    if (before !== undefined && areAlike(before, targets)) return;
    const weights = new Array<number>(targets.length).fill(1);
    if (before === undefined) this.#wheels[node] = new WeightedRoundRobin(weights);
    else this.#wheels[node].change(weights);
  }

  save(): unknown {
    return [this.#wheels.map(wheel => wheel.save()), [...this.#lists]];
  }

  restore(saved: unknown): void {
    const [states, lists] = saved as [WheelState[], (readonly Target[])[]];
    this.#lists = [...lists];
    this.#wheels = lists.map(({length}, node) => {
      const wheel = new WeightedRoundRobin(new Array<number>(length).fill(1));
      wheel.restore(states[node]);
      return wheel;
    });
  }
}

function areAlike(some: readonly Target[], others: readonly Target[]): boolean {
  if (some.length !== others.length) return false;
  return some.every(({address}, place) => address === others[place].address);
}

/** The first in the list with the fewest. */
function leastConnections(load: (target: Target) => number): Chooser {
  const choose = (_node: NodeId, {targets}: Choices): number => {
    let chosen = 0;
    let least = Infinity;
    for (let place = 0; place < targets.length; place++) {
      const count = load(targets[place]);
      if (count >= least) continue;
      least = count;
      chosen = place;
    }
    return chosen;
  };
  return {choose, ...stateless};
}

// As ip_vs_sh.c: an address hashes into 256 buckets, which the endpoints fill in turn.
const bucketOf = (address: number): number => Math.imul(2654435761, address) & 255;

const bySource: Chooser = {
  choose: (_node, {targets}, caller) => bucketOf(caller) % targets.length,
  ...stateless,
};

/** As ip_vs_dh.c: whoever calls the same address gets the same endpoint. */
function byDestination(called: ChooserParts['called']): Chooser {
  return {choose: (node, {targets}) => bucketOf(called(node)) % targets.length, ...stateless};
}

/** Rows of callers are worked out again rather than remembered for ever. */
const mostKnown = 65_536;

/** As ip_vs_mh.c. */
function byMaglev(): Chooser {
  const tables = new WeakMap<readonly Target[], Uint16Array>();
  const rows = new Map<number, number>();
  const rowOf = (caller: number): number => {
    const known = rows.get(caller);
    if (known !== undefined) return known;
    if (rows.size === mostKnown) rows.clear();
    const row = maglevRow(caller);
    rows.set(caller, row);
    return row;
  };
  const choose = (_node: NodeId, {targets}: Choices, caller: number): number => {
    let table = tables.get(targets);
    if (table === undefined) {
      table = maglevTable(targets);
      tables.set(targets, table);
    }
    return table[rowOf(caller)];
  };
  return {choose, ...stateless};
}
