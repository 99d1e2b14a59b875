// Whom an entry of a scenario means: one by name, several by theirs, or those that a selector,
// zone, rack or pool picks, all of them or a number or percentage drawn from a named stream.

import {isMap} from './is-map.ts';
import {didYouMean} from './nearest.ts';
import {readSelector, type Selector, type SelectorNotation} from './selector.ts';
import {show} from './show.ts';
import {type Fail, type Written, written} from './written.ts';

export type Target =
  | {readonly type: 'one'; readonly name: string}
  | {
      readonly type: 'some';
      /** Of all that are meant, in a list. */
      readonly names?: readonly string[];
      readonly selector: Selector | undefined;
      readonly zone: string | undefined;
      readonly rack: string | undefined;
      readonly pool: string | undefined;
      /** `undefined` means all of them. */
      readonly amount: TargetAmount | undefined;
    };

export type TargetAmount = {readonly count: number} | {readonly percent: number};

export type TargetNotation =
  | string
  | readonly string[]
  | {
      readonly selector?: SelectorNotation;
      readonly zone?: string;
      readonly rack?: string;
      readonly pool?: string;
      readonly count?: number;
      readonly percent?: number;
    };

export function target(): Written<Target, TargetNotation> {
  return written({
    parse: readTarget,
    schema: {
      title: 'target',
      type: ['string', 'array', 'object'],
      items: {type: 'string'},
      minItems: 1,
      properties: {
        selector: {type: ['string', 'object']},
        zone: {type: 'string'},
        rack: {type: 'string'},
        pool: {type: 'string'},
        count: {type: 'integer', minimum: 1},
        percent: {type: 'number', exclusiveMinimum: 0, maximum: 100},
      },
      additionalProperties: false,
      examples: ['general-3', ['general-3', 'general-4'], {zone: 'a', count: 2}],
    },
  });
}

export function readTarget(input: unknown, fail: Fail): Target | undefined {
  if (typeof input === 'string' && input !== '') return {type: 'one', name: input};
  if (Array.isArray(input) && input.length > 0) return readNames(input, fail);
  return readGroup(input, fail);
}

/** Whoever there is. */
export const anyone: Exclude<Target, {type: 'one'}> = {
  type: 'some',
  selector: undefined,
  zone: undefined,
  rack: undefined,
  pool: undefined,
  amount: undefined,
};

function readNames(input: readonly unknown[], fail: Fail): Target {
  const names = input.filter(name => typeof name === 'string' && name !== '') as string[];
  for (const [i, name] of input.entries()) {
    if (typeof name !== 'string' || name === '') fail(`expected a name, got ${show(name)}`, [i]);
  }
  return {...anyone, names};
}

function readGroup(input: unknown, fail: Fail): Target | undefined {
  if (!isMap(input) || Object.keys(input).length === 0) {
    fail(`expected a name, a list of names or {${keys.join(', ')}}, got ${show(input)}`);
    return undefined;
  }
  for (const key of Object.keys(input)) {
    if (keys.includes(key)) continue;
    fail(`unknown key ${show(key)}${didYouMean(key, keys)}; known: ${keys.join(', ')}`, [key]);
  }
  return {
    type: 'some',
    selector:
      input.selector === undefined
        ? undefined
        : readSelector(input.selector, (message, path = []) =>
            fail(message, ['selector', ...path]),
          ),
    zone: readName(input, 'zone', fail),
    rack: readName(input, 'rack', fail),
    pool: readName(input, 'pool', fail),
    amount: readAmount(input, fail),
  };
}

function readName(
  input: Readonly<Record<string, unknown>>,
  key: string,
  fail: Fail,
): string | undefined {
  const name = input[key];
  if (name === undefined || (typeof name === 'string' && name !== '')) return name;
  fail(`expected a name, got ${show(name)}`, [key]);
  return undefined;
}

function readAmount(
  {count, percent}: Readonly<Record<string, unknown>>,
  fail: Fail,
): TargetAmount | undefined {
  if (count !== undefined && percent !== undefined) {
    fail('expected count or percent, got both', ['percent']);
  }
  if (count !== undefined) {
    if (typeof count === 'number' && Number.isSafeInteger(count) && count > 0) return {count};
    fail(`expected a whole number from 1, got ${show(count)}`, ['count']);
  }
  if (percent !== undefined) {
    if (typeof percent === 'number' && percent > 0 && percent <= 100) return {percent};
    fail(`expected a number above 0 and up to 100, got ${show(percent)}`, ['percent']);
  }
  return undefined;
}

const keys = ['selector', 'zone', 'rack', 'pool', 'count', 'percent'];
