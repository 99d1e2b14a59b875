// What a scenario may say of the kube-proxies of its nodes.

import * as z from 'zod';
import {milliseconds, second} from '../../engine/time.ts';
import {choiceOf} from '../../options/choice.ts';
import {distribution} from '../../options/distribution.ts';
import {duration} from '../../options/duration.ts';
import type {ProxyMode} from '../latency/first-packet.ts';

const schedulers = ['rr', 'wrr', 'lc', 'wlc', 'sed', 'nq', 'sh', 'dh', 'mh'] as const;

export type IpvsScheduler = (typeof schedulers)[number];

export const proxyOptions = z.strictObject({
  mode: choiceOf(['iptables', 'ipvs', 'nftables'])
    .default('iptables')
    .describe('how each node finds an endpoint for a new connection'),
  scheduler: choiceOf(schedulers)
    .default('rr')
    .describe('of ipvs: who of the endpoints is next; all have the weight 1'),
  minSync: duration({from: 0})
    .optional()
    .describe('from the end of one sync to the next; 1s unless written, with ipvs 0s'),
  syncTakes: distribution()
    .optional()
    .describe('how long a sync takes; unless written it follows from mode, Services and endpoints'),
  starts: distribution()
    .default('2s')
    .describe('from the start of a machine to the first sync of its proxy'),
});

export type ProxyOptions = z.output<typeof proxyOptions>;

export function minSyncOf({mode, minSync}: ProxyOptions): number {
  return minSync ?? (mode === 'ipvs' ? 0 : second);
}

export type TableSize = {readonly services: number; readonly endpoints: number};

/**
 * How long a sync takes on average: of what has changed, or of all. Fitted to single measurements
 * (kubernetes-network.md, §12.2), so right within a factor of two: iptables writes its dispatch
 * chains anew each time; nftables and ipvs only what has changed.
 */
export function usualSyncTime(mode: ProxyMode, {services, endpoints}: TableSize, full: boolean) {
  const per = costs[mode];
  const cost = full ? per.full : per.change;
  return milliseconds(cost.base + cost.service * services + cost.endpoint * endpoints);
}

/** In milliseconds. */
const costs = {
  iptables: {
    change: {base: 10, service: 0.6, endpoint: 0.003},
    full: {base: 10, service: 1.3, endpoint: 0.02},
  },
  nftables: {
    change: {base: 10, service: 0.02, endpoint: 0},
    full: {base: 10, service: 0.5, endpoint: 0.5},
  },
  ipvs: {
    change: {base: 1, service: 0, endpoint: 0},
    full: {base: 1, service: 1, endpoint: 5},
  },
} as const;
