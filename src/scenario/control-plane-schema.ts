// What a scenario may say of its control plane: the masters, and how slow it is.

import * as z from 'zod';
import {choiceOf} from '../options/choice.ts';
import {distribution} from '../options/distribution.ts';
import {duration} from '../options/duration.ts';
import {labelValue} from '../options/label-map.ts';
import {matching} from '../options/matching.ts';
import {quantity} from '../options/quantity.ts';
import {allDefaults} from './all-defaults.ts';

const places = z.array(matching(labelValue, 'label value')).default([]);
const count = z.int().min(1).max(9);

const masters = z.union([
  count,
  z.strictObject({
    count,
    zones: places.describe('given to the masters in turn'),
    racks: places.describe('given to the masters in turn'),
  }),
]);

const latency = z.union([
  choiceOf(['none']),
  z.strictObject({
    write: distribution().default('5ms').describe('from a request to its commit'),
    watch: distribution().default('2ms').describe('from a commit to those who watch'),
    fsync: distribution()
      .optional()
      .describe('of each member of etcd, on top of write; 0 unless it or roundTrip is given'),
    roundTrip: distribution()
      .optional()
      .describe('between two members of etcd, on top of write; 0 unless it or fsync is given'),
  }),
]);

const inFlight = (what: string, usual: number) =>
  z
    .int()
    .min(1)
    .max(1e6)
    .default(usual)
    .describe(`${what} requests that an API server serves at once; all together by priority`);

export const controlPlane = z.strictObject({
  masters: masters
    .optional()
    .describe('how many, called master-0, master-1, …; 3, or as many as on names'),
  on: z
    .array(z.string())
    .default([])
    .describe('nodes whose machines the first masters share, as in a cluster of one machine'),
  latency: allDefaults(latency).describe('none removes every delay'),
  leaderElection: z
    .boolean()
    .default(true)
    .describe('false for one master whose scheduler and controller manager lead at once'),
  maxRequestsInflight: inFlight('reading', 400),
  maxMutatingRequestsInflight: inFlight('changing', 200),
  etcdQuota: quantity({from: 1})
    .default('8Gi')
    .describe('bytes above which etcd only deletes; 8Gi is the most that its makers advise'),
  boot: duration().default('30s').describe('from the power of a master to its first process'),
});

export type ControlPlane = z.output<typeof controlPlane>;
