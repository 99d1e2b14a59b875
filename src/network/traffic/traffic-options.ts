// What a scenario may say of who calls whom.

import * as z from 'zod';
import {day} from '../../engine/time.ts';
import type {PodsWanted} from '../../objects/pod-targets.ts';
import {address} from '../../options/address.ts';
import {choiceOf} from '../../options/choice.ts';
import {distribution} from '../../options/distribution.ts';
import {duration} from '../../options/duration.ts';
import {matching} from '../../options/matching.ts';
import {podsOr} from '../../options/pod-target.ts';
import {quantity} from '../../options/quantity.ts';
import {rate} from '../../options/rate.ts';
import {share} from '../../options/share.ts';
import {httpForm} from '../ingress/http-address.ts';
import {via} from '../load-balancer/door-wish.ts';
import type {TraceTimes} from './sources/trace.ts';

const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

const retries = z.strictObject({
  tries: z.int().min(1).max(10).describe('in all, the first one included'),
  backOff: duration()
    .default('25ms')
    .describe('the pause before the second; each is twice as long'),
  jitter: share().default(0).describe('a pause is longer or shorter by up to this share'),
  budget: share()
    .optional()
    .describe('tries again are at most this share of requests under way, or three'),
  others: z
    .boolean()
    .default(false)
    .describe('leaves out pods that were tried, if others are left'),
});

const keepAlive = z.strictObject({
  connections: z.int().min(1).max(1e6).default(1).describe('of each caller, at most'),
  multiplexed: z.boolean().default(false).describe('any number of requests at once on each'),
  requests: z.int().min(1).optional().describe('a connection is closed after so many'),
  age: duration({from: 1}).optional().describe('or when it is so old'),
  for: duration({from: 1}).default('60s').describe('or idle for so long'),
  silence: duration({from: 1})
    .default('924600ms')
    .describe(
      "and given up when a lost machine has not answered for so long: TCP's 15 tries, less with pings",
    ),
});

/** How somebody calls: of an entry of `traffic`, and of an application's call. */
export const callingOptions = {
  connectTimeout: duration({from: 1}).optional().describe("the kernel's patience unless written"),
  timeout: duration({from: 1}).optional().describe('of each try; unless written it waits for ever'),
  retries: retries.optional(),
  hedgeAfter: duration({from: 1}).optional().describe('then a second copy goes out'),
  keepAlive: keepAlive.optional().describe('without it each request has a new connection'),
  balance: z
    .union([
      choiceOf(['random', 'round-robin', 'least-connections', 'power-of-two']),
      z.strictObject({powerOf: z.int().min(1).max(100).describe('pods that are drawn')}),
    ])
    .default('random')
    .describe('how a client chooses among the pods of a headless Service'),
  request: quantity({from: 0}).default(0).describe('bytes of a request'),
  host: matching(/^([a-z0-9_]([-a-z0-9_]{0,61}[a-z0-9_])?\.?){1,32}$/, 'name such as web.shop.svc')
    .optional()
    .describe(
      'the name by which a pod calls the Service; the shortest that means it unless written',
    ),
  dnsCache: duration({from: 1})
    .optional()
    .describe('a caller keeps what the name stood for so long; unless written it asks each time'),
};

const from = podsOr(['outside', 'nodes']).describe(
  'outside, nodes (every node), or pods, such as deployment/frontend',
);

const bursts = z.strictObject({
  every: distribution().describe('from the beginning of a burst to that of the next'),
  size: z.int().min(1).max(1e6).describe('requests in each'),
  spread: duration()
    .default('0s')
    .describe('they come evenly over so long; all at once unless written'),
});

const daily = z.union([
  z.strictObject({
    mean: rate().describe('over the whole day'),
    amplitude: share().describe('how much higher it is at its peak, and lower half a day later'),
    peak: duration({to: day}).default('14h').describe('after midnight (UTC)'),
  }),
  z.strictObject({
    mean: rate().describe('over the whole day'),
    hours: z
      .array(z.number().min(0).max(1e9))
      .length(24)
      .describe('weights of the hours from midnight (UTC) on; a straight line between two'),
  }),
]);

const fileName = matching(/./, 'file name');

const trace = z.union([
  fileName.transform(file => ({file, time: 'time', count: undefined})),
  z.strictObject({
    file: fileName.describe('CSV with a header; may be gzipped'),
    time: matching(/./, 'name of a column')
      .default('time')
      .describe(
        'of times: seconds since `starts`, or dates (or since 1970), the first of which is then',
      ),
    count: matching(/./, 'name of a column')
      .optional()
      .describe('of requests at each time; one unless written'),
  }),
]);

const servicePattern = /^([-a-z0-9]+\/)?[a-z0-9][-a-z0-9]*(:[-a-z0-9]+)?$/;

export const serviceTo = matching(servicePattern, 'Service such as web, shop/web or web:http');

const trafficTo = matching(
  new RegExp(`${servicePattern.source}|${httpForm.source}`),
  'Service such as web, shop/web or web:http, or an address such as http://shop.example.com/cart',
);

export const traffic = z
  .array(
    z.strictObject({
      name: matching(label, 'name of small letters and hyphens'),
      from: from.default('nodes'),
      namespace: matching(label, 'namespace')
        .default('default')
        .describe('of the pods that call, and of a Service that is called without one'),
      to: trafficTo.describe('the Service that is called, or from outside an address of HTTP'),
      via: via.optional().describe("from outside: which way in; the Service's type says it else"),
      verify: z.boolean().default(true).describe('of https: callers mind a wrong certificate'),
      followRedirects: z
        .boolean()
        .default(false)
        .describe('from http to https, as browsers do; unless so the answer is 308'),
      idempotent: z.boolean().default(true).describe('a proxy may send it twice: no POST'),
      source: address().optional().describe('from outside: the address that callers have'),
      rate: rate().optional().describe('of all callers together, at random moments'),
      every: duration({from: 1}).optional().describe('instead: the time between two requests'),
      gaps: distribution().optional().describe('instead: the time from one request to the next'),
      bursts: bursts.optional().describe('instead: many at a time'),
      daily: daily.optional().describe('instead: at random moments, more of them by day'),
      trace: trace.optional().describe('instead: when they came according to a file'),
      users: z.int().min(1).max(1e6).optional().describe('instead: so many who wait for answers'),
      think: distribution()
        .optional()
        .describe("from an answer to the user's next request; no time unless written"),
      ramp: duration()
        .optional()
        .describe('until the last user has begun; all begin at once unless written'),
      starts: duration().default('0s'),
      ends: duration().optional(),
      takes: distribution().optional().describe("instead of the called application's own work"),
      ...callingOptions,
    }),
  )
  .default([])
  .describe('who calls whom, and how often');

/** `[namespace/]name[:port]`. */
export function calledService(to: string) {
  const [path, port] = to.split(':');
  const [name, namespace = 'default'] = path.split('/').toReversed();
  return {namespace, name, port: port as string | undefined};
}

type Written = z.output<typeof traffic>[number];

export type TrafficEntry = Omit<Written, 'trace'> & {
  /** `read`: once its file has been. */
  readonly trace?: (z.output<typeof trace> & {readonly read?: TraceTimes}) | undefined;
};
export type CallingEntry = Pick<TrafficEntry, keyof typeof callingOptions>;

/** Whoever calls, wherever he is. */
export function callersOf({from, namespace}: TrafficEntry): PodsWanted | 'nodes' | 'outside' {
  return typeof from === 'string' ? from : {target: from, namespace};
}
