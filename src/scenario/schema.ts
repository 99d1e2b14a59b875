// A scenario, the first document of its file. Everything a user may write is here or in the types
// that this names; the published JSON Schema, `orrery options` and every message come from it.

import * as z from 'zod';
import {slos} from '../metrics/slo-options.ts';
import {applications} from '../network/traffic/application-options.ts';
import {traffic} from '../network/traffic/traffic-options.ts';
import {behaviours} from '../node/behaviour-options.ts';
import {imageOptions} from '../node/image-options.ts';
import {duration} from '../options/duration.ts';
import {matching} from '../options/matching.ts';
import {share} from '../options/share.ts';
import {allDefaults} from './all-defaults.ts';
import {cluster} from './cluster-schema.ts';
import {compare} from './compare-schema.ts';
import {faults} from './faults-schema.ts';
import {topology} from './read-topology.ts';
import {scheduler} from './scheduler-schema.ts';
import {startTime} from './start-time.ts';
import {timeline} from './timeline-schema.ts';
import {workload} from './workload-schema.ts';

const file = matching(/./, 'file name');

const manifest = z.union([
  file,
  z.strictObject({
    file: file.describe('may be gzipped'),
    first: z.int().min(1).max(1e9).optional().describe('only so many objects, from the top'),
  }),
]);

const results = z.strictObject({
  pods: z.boolean().default(true).describe('pods.csv, one row a pod'),
  events: z.boolean().default(true).describe('events.csv, one row a Kubernetes event'),
  timeseries: z
    .strictObject({every: duration({from: 1}).describe('the time between samples')})
    .optional()
    .describe('timeseries.csv'),
  strategies: z
    .boolean()
    .default(false)
    .describe('classes.csv, claimants.csv, and how densely and fairly nodes are given away'),
});

const outage = z.strictObject({
  below: share().default(0.9).describe('the availability below which a Service is in an outage'),
  for: duration().default('0s').describe('how long it must be so to count'),
});

export const scenario = z.strictObject({
  apiVersion: z.literal('orrery/v1'),
  kind: z.literal('Scenario'),
  name: matching(
    /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
    'name of small letters, digits and hyphens',
  )
    .optional()
    .describe("names the results; the file's own name unless written"),
  question: matching(/\S/, 'question that the scenario answers').describe(
    'what the run is to answer',
  ),
  seed: z.int().min(0).max(1e15).default(1).describe('where chance begins'),
  duration: duration({from: 1}).describe('virtual time until the end'),
  startTime: startTime()
    .default('2026-01-01T00:00:00Z')
    .describe('what the clocks show at the beginning, for CronJobs'),
  cluster: allDefaults(cluster),
  manifests: z
    .array(manifest)
    .default([])
    .describe('files of Kubernetes objects, applied at time zero in order'),
  topology,
  scheduler,
  workload,
  timeline,
  faults,
  images: allDefaults(imageOptions),
  behaviour: behaviours,
  applications,
  traffic,
  outage: allDefaults(outage),
  slos,
  results: allDefaults(results),
  compare: allDefaults(compare),
});

export type Scenario = z.output<typeof scenario>;
