// Who of the endpoints gets a new connection, as a node's kernel chooses: with iptables and
// nftables any, with ipvs by its scheduler (linux: net/netfilter/ipvs). All weights are 1, so that
// wrr is rr, and wlc, sed and nq are lc.

import type {RandomStream} from '../../engine/random.ts';
import {unreachable} from '../../engine/unreachable.ts';
import type {Choices, Target} from '../../machines/service-views.ts';
import type {NodeId} from '../../objects/ids.ts';
import type {ProxyMode} from '../latency/first-packet.ts';
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
};

export function chooserOf({mode, scheduler, stream, load}: ChooserParts): Chooser {
  if (mode !== 'ipvs') {
    if (stream === undefined) throw new Error(`${mode} chooses by chance`);
    return byChance(stream);
  }
  switch (scheduler) {
    case 'rr':
    case 'wrr':
      return new RoundRobin();
    case 'lc':
    case 'wlc':
    case 'sed':
    case 'nq':
      return leastConnections(load);
    case 'sh':
      return bySource;
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

// As ip_vs_sh.c: a caller hashes into 256 buckets, which the endpoints fill in turn.
const bySource: Chooser = {
  choose: (_node, {targets}, caller) =>
    ((Math.imul(2654435761, caller + 1) >>> 24) & 255) % targets.length,
  ...stateless,
};
