// Service graphs in the notation of isotope (istio/tools): services whose scripts sleep and call.
// Keys of its own test set-up are read and mean nothing here.

import * as z from 'zod';
import {choiceOf} from '../options/choice.ts';
import {duration} from '../options/duration.ts';
import {share} from '../options/share.ts';
import {show} from '../options/show.ts';
import {type Written, written} from '../options/written.ts';

const powers = ['', 'K', 'M', 'G'];

/** As units.RAMInBytes, by which isotope reads them: `1 KB` is 1024. */
function size(): Written<number, string | number> {
  return written({
    parse: (input, fail) => {
      const [, count, unit] = /^(\d+(?:\.\d+)?) ?([KMG]?)(?:i?B)?$/i.exec(String(input)) ?? [];
      if (count === undefined) return void fail(`expected a size such as 1 KB, got ${show(input)}`);
      return Math.floor(Number(count) * 2 ** (10 * powers.indexOf(unit.toUpperCase())));
    },
    schema: {title: 'size', type: ['string', 'number'], examples: ['1 KB']},
  });
}

const name = z.string().regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);

const call = z.union([
  name,
  z.strictObject({
    service: name,
    size: size().optional(),
    payloadSize: size().optional(),
    probability: z.number().min(0).max(100).optional(),
    hostname: z.string().optional(),
    'extra-header': z.unknown().optional(),
  }),
]);

const commands = [z.strictObject({sleep: duration()}), z.strictObject({call})] as const;
const command = z.union(commands);

const script = z.array(z.union([...commands, z.array(command).min(1)]));

const shared = {
  type: choiceOf(['http', 'grpc']).optional(),
  errorRate: share().optional(),
  requestSize: size().optional(),
  responseSize: size().optional(),
  script: script.optional(),
  numReplicas: z.int().min(1).max(100_000).optional(),
  numRbacPolicies: z.number().optional(),
};

const defaults = z.strictObject(shared).default({});

const service = z.strictObject({
  name,
  ...shared,
  isEntrypoint: z.boolean().optional(),
  namespace: name.default('default'),
  cluster: z.string().optional(),
  memoryUsage: z.unknown().optional(),
  computeUsage: z.unknown().optional(),
});

export const isotopeGraph = z.strictObject({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  default: defaults.optional(),
  defaults,
  services: z.array(service).min(1),
});

export type IsotopeGraph = z.output<typeof isotopeGraph>;
export type IsotopeCommand = z.output<typeof command>;
