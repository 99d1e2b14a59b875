// What a scenario may say of the ways between two places of its network. The defaults are what was
// measured in clusters of public clouds (kubernetes-network.md, §11.1): lognormal round trips of
// these medians, none of which is much shorter than its median.

import * as z from 'zod';
import {choiceOf} from '../../options/choice.ts';
import {distribution} from '../../options/distribution.ts';
import {quantity} from '../../options/quantity.ts';
import {share} from '../../options/share.ts';

/** The ways, from the shortest on; their places here are their numbers. */
export const paths = [
  'samePod',
  'sameNode',
  'sameZone',
  'crossZone',
  'crossRegion',
  'outside',
] as const;

export type PathName = (typeof paths)[number];

const roundTrip = (median: string, sigma: number) =>
  distribution().default({lognormal: {median, sigma}});

const roundTrips = z.strictObject({
  samePod: roundTrip('20us', 0.2).describe('of what a pod sends to itself'),
  sameNode: roundTrip('30us', 0.3).describe('between pods of one node'),
  sameZone: roundTrip('100us', 0.35).describe('between two nodes of one zone'),
  crossZone: roundTrip('600us', 0.4).describe('between zones of one region'),
  crossRegion: roundTrip('70ms', 0.03).describe('between regions'),
  outside: roundTrip('20ms', 0.3).describe('between clients outside and the cluster'),
  floor: share()
    .default(0.6)
    .describe('no lognormal trip is shorter than this share of its median'),
});

export const latencyOptions = z
  .union([choiceOf(['none']), roundTrips])
  .prefault({} as z.input<typeof roundTrips>)
  .describe('round trips between two places; a packet takes half of one; none: no time at all');

type Ways<Type extends z.ZodType> = Record<PathName, z.ZodOptional<Type>>;

function each<Type extends z.ZodType>(type: Type): z.ZodObject<Ways<Type>, z.core.$strict> {
  const ways = Object.fromEntries(paths.map(path => [path, type.optional()]));
  return z.strictObject(ways as Ways<Type>);
}

const bytesPerSecond = quantity({from: 1});

export const lossOptions = z
  .union([share(), each(share())])
  .default(0)
  .describe('chance that a packet is lost on its way, everywhere or by kind of way');

export const bandwidthOptions = z
  .union([bytesPerSecond, each(bytesPerSecond)])
  .optional()
  .describe(
    'bytes a second that each transfer gets, whatever else there is; no limit unless written',
  );

export type LatencyOptions = {
  readonly latency: z.output<typeof latencyOptions>;
  readonly loss: z.output<typeof lossOptions>;
  readonly bandwidth?: z.output<typeof bandwidthOptions>;
};
