// Devices in a scenario: how many a node has, and what a pod takes: `2` whole ones, `460m` of one,
// or {count, share, models}.

import * as z from 'zod';
import {isMap} from './is-map.ts';
import {labelValue} from './label-map.ts';
import {matching} from './matching.ts';
import {didYouMean} from './nearest.ts';
import {readQuantity} from './quantity.ts';
import {show} from './show.ts';
import {type Fail, type Written, written} from './written.ts';

/** One bit tells of each device of a node. */
const mostDevices = 32;
const devices = () => z.int().min(1).max(mostDevices);

export const nodeGpus = z
  .union([
    devices().transform(count => ({count, model: undefined})),
    z.strictObject({
      count: devices().describe('how many'),
      model: matching(labelValue, 'label value').optional().describe('such as V100M32'),
    }),
  ])
  .describe('devices of each node, which pods take whole or in shares');

export type PodGpu = {
  readonly count: number;
  /** Of each device; 1,000 is a whole one. */
  readonly milli: number;
  readonly models: readonly string[];
};

type Amount = string | number;
type PodGpuNotation =
  | Amount
  | {
      readonly count?: number;
      readonly share?: Amount;
      readonly models?: string | readonly string[];
    };

export function podGpu(): Written<PodGpu, PodGpuNotation> {
  const amount = {type: ['string', 'number']};
  const properties = {
    count: {type: 'integer', minimum: 1, maximum: mostDevices},
    share: amount,
    models: {anyOf: [{type: 'string'}, {type: 'array', items: {type: 'string'}}]},
  };
  return written({
    parse: readPodGpu,
    schema: {
      title: 'devices',
      anyOf: [amount, {type: 'object', properties, additionalProperties: false}],
      examples: ['460m', 2, {count: 1, share: '500m', models: ['V100M16', 'V100M32']}],
    },
  });
}

function readPodGpu(input: unknown, fail: Fail): PodGpu | undefined {
  if (!isMap(input)) return readAmount(input, fail);
  for (const key of Object.keys(input)) {
    if (!keys.includes(key)) fail(`unknown key ${show(key)}${didYouMean(key, keys)}`, [key]);
  }
  const {count = 1, share = 1, models = []} = input;
  const milli = readShare(share, message => fail(message, ['share']));
  if (!isCount(count)) fail(expectedCount(count), ['count']);
  const names = typeof models === 'string' ? [models] : models;
  if (!Array.isArray(names) || !names.every(isModel)) {
    fail(`expected names of models, got ${show(models)}`, ['models']);
    return undefined;
  }
  return {count: Number(count), milli, models: names};
}

function readAmount(input: unknown, fail: Fail): PodGpu | undefined {
  if (isCount(input)) return {count: input, milli: 1000, models: []};
  const milli = readQuantity(input, 'milli');
  if (typeof milli === 'number' && milli > 0 && milli < 1000) return {count: 1, milli, models: []};
  fail(
    `expected whole devices, as 2, a share of one, as 460m, or {count, share, models}, got ${show(input)}`,
  );
  return undefined;
}

function readShare(input: unknown, fail: (message: string) => void): number {
  const milli = readQuantity(input, 'milli');
  if (typeof milli === 'number' && milli > 0 && milli <= 1000) return milli;
  fail(`expected a share of a device, as 460m, 0.5 or 1, got ${show(input)}`);
  return 0;
}

const isCount = (input: unknown): input is number =>
  Number.isInteger(input) && Number(input) >= 1 && Number(input) <= mostDevices;

const expectedCount = (got: unknown) =>
  `expected a whole number from 1 to ${mostDevices}, got ${show(got)}`;

const isModel = (name: unknown) => typeof name === 'string' && labelValue.test(name) && name !== '';

const keys = ['count', 'share', 'models'];
