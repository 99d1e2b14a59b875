// How much a workload's pods ask for: by resource an amount, or several to draw from by weight,
// each resource for itself.

import {isMap} from '../options/is-map.ts';
import {didYouMean} from '../options/nearest.ts';
import {readQuantity} from '../options/quantity.ts';
import {show} from '../options/show.ts';
import {type Fail, type Written, written} from '../options/written.ts';

export type RequestChoice = {
  readonly resource: string;
  /** cpu in millicores, the rest in bytes or counts. */
  readonly values: readonly number[];
  readonly weights: readonly number[];
};

type Amount = string | number;
type Weighted = {
  readonly empirical: {readonly values: readonly Amount[]; readonly weights?: readonly number[]};
};
export type RequestsNotation = Readonly<Record<string, Amount | Weighted>>;

/** In the order of the resources' names, whatever order they were written in. */
export function requests(): Written<readonly RequestChoice[], RequestsNotation> {
  return written({
    parse: readRequests,
    schema: {
      title: 'requests',
      type: 'object',
      additionalProperties: {anyOf: [{type: ['string', 'number']}, weightedSchema]},
      examples: [{cpu: '500m', memory: {empirical: {values: ['1Gi', '2Gi'], weights: [3, 1]}}}],
    },
  });
}

function readRequests(input: unknown, fail: Fail): readonly RequestChoice[] | undefined {
  if (!isMap(input)) {
    fail(`expected a map such as {cpu: 500m, memory: 1Gi}, got ${show(input)}`);
    return undefined;
  }
  return Object.keys(input)
    .sort()
    .map(resource => {
      const failHere: Fail = (message, path = []) => fail(message, [resource, ...path]);
      if (!isResource(resource)) failHere(`unknown resource ${show(resource)}${hint(resource)}`);
      return {resource, ...readChoice(resource, input[resource], failHere)};
    });
}

function readChoice(resource: string, input: unknown, fail: Fail): Omit<RequestChoice, 'resource'> {
  if (!isMap(input)) return {values: [readAmount(resource, input, fail)], weights: [1]};
  const {empirical} = input;
  if (!isMap(empirical) || Object.keys(input).length !== 1) {
    fail(`expected a quantity or {empirical: {values, weights}}, got ${show(input)}`);
    return {values: [], weights: []};
  }
  const failHere: Fail = (message, path = []) => fail(message, ['empirical', ...path]);
  for (const key of Object.keys(empirical)) {
    if (!keys.includes(key)) failHere(`unknown key ${show(key)}${didYouMean(key, keys)}`, [key]);
  }
  const values = readValues(resource, empirical.values, failHere);
  return {values, weights: readWeights(empirical.weights, values.length, failHere)};
}

function readValues(resource: string, input: unknown, fail: Fail): number[] {
  if (Array.isArray(input) && input.length > 0) {
    return input.map((value, i) =>
      readAmount(resource, value, message => fail(message, ['values', i])),
    );
  }
  fail(`expected a list of quantities, got ${show(input)}`, ['values']);
  return [];
}

function readWeights(input: unknown, count: number, fail: Fail): number[] {
  if (input === undefined) return new Array<number>(count).fill(1);
  if (!Array.isArray(input) || input.length !== count) {
    const got = Array.isArray(input) ? input.length : show(input);
    fail(`expected ${count} weights, one a value, got ${got}`, ['weights']);
    return [];
  }
  for (const [i, weight] of input.entries()) {
    if (typeof weight === 'number' && weight >= 0 && weight < Infinity) continue;
    fail(`expected a number from 0, got ${show(weight)}`, ['weights', i]);
  }
  if (input.every(weight => weight === 0)) fail('expected a weight above 0', ['weights']);
  return input;
}

function readAmount(resource: string, input: unknown, fail: Fail): number {
  const amount = readQuantity(input, resource === 'cpu' ? 'milli' : 'one');
  if (typeof amount === 'string') fail(amount);
  else if (amount < 0) fail(`expected at least 0, got ${show(input)}`);
  return Number(amount);
}

function isResource(name: string): boolean {
  return native.includes(name) || /^[a-zA-Z0-9.-]+\/[\w.-]+$|^hugepages-\w+$/.test(name);
}

function hint(name: string): string {
  return `${didYouMean(name, native)}; an extended resource has a domain, such as nvidia.com/gpu`;
}

const native = ['cpu', 'memory', 'ephemeral-storage'];
const keys = ['values', 'weights'];
const weightedSchema = {
  type: 'object',
  properties: {
    empirical: {
      type: 'object',
      properties: {
        values: {type: 'array', items: {type: ['string', 'number']}},
        weights: {type: 'array', items: {type: 'number'}},
      },
      required: ['values'],
      additionalProperties: false,
    },
  },
  required: ['empirical'],
  additionalProperties: false,
};
