// What a new connection pays for a proxy's rules, once: its first packet is held to them, all that
// follow know the way (conntrack). iptables tries the Services' rules one after the other, then
// those of the endpoints; nftables and ipvs look the address up, in a table that hardly grows.
//
// Fitted to first packets with 5,000, 10,000 and 30,000 Services, as SIG Network measured them
// (kubernetes/website, 2025-02-28-nftables-kube-proxy): kubernetes-network.md, §12.1.

import type {RandomStream} from '../../engine/random.ts';

export type ProxyMode = 'iptables' | 'nftables' | 'ipvs';

/** In microseconds. */
type Cost = {
  /** The round trip without any rule, on the machines of the measurement. */
  readonly base: number;
  readonly perRuleTried: number;
  readonly perService: number;
  /** How far round trips of like packets spread, as the sigma of a lognormal. */
  readonly sigma: number;
};

const costs: Readonly<Record<ProxyMode, Cost>> = {
  iptables: {base: 22, perRuleTried: 0.013, perService: 0, sigma: 0.3},
  nftables: {base: 14.1, perRuleTried: 0, perService: 0, sigma: 0.4},
  ipvs: {base: 21.5, perRuleTried: 0, perService: 0.0002, sigma: 0.33},
};

export type Rules = {
  readonly mode: ProxyMode;
  /** Ports of Services that the proxy knows. */
  readonly services: number;
  /** Which of them is called: 0 for the first of the chain. */
  readonly position: number;
  readonly endpoints: number;
};

/** What finding the way through the rules adds, in microseconds, on average over the endpoints. */
export function ruleTime({mode, services, position, endpoints}: Rules): number {
  const {perRuleTried, perService} = costs[mode];
  const tried = position + 1 + (endpoints + 1) / 2;
  return perRuleTried * tried + perService * services;
}

/** In microseconds, the round trip of a first packet as measured, to any of the Services. */
export function measuredRoundTrip(
  {mode, services, endpoints}: Omit<Rules, 'position'>,
  stream: RandomStream,
): number {
  const {base, sigma} = costs[mode];
  const position = stream.integer(0, services - 1);
  const median = base + ruleTime({mode, services, position, endpoints});
  return stream.lognormal({median, sigma});
}
