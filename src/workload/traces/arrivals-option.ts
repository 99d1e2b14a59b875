// When the pods of a trace come: as it says, faster, all at once, or one after the other.

import type {Time} from '../../engine/time.ts';
import {readDuration} from '../../options/duration.ts';
import {isMap} from '../../options/is-map.ts';
import {didYouMean} from '../../options/nearest.ts';
import {show} from '../../options/show.ts';
import {type Fail, type Written, written} from '../../options/written.ts';

export type Arrivals =
  | {readonly by: 'trace'; readonly speed: number}
  | {readonly by: 'within'; readonly span: Time}
  | {readonly by: 'once'}
  | {readonly by: 'every'; readonly gap: Time};

type Notation = 'trace' | 'once' | Readonly<Record<string, string | number>>;

export function arrivalsOption(): Written<Arrivals, Notation> {
  return written({
    parse: readArrivals,
    schema: {
      title: 'arrivals of a trace',
      anyOf: [
        {enum: ['trace', 'once']},
        one('speed', {type: 'number', exclusiveMinimum: 0}),
        one('within', {title: 'duration', type: 'string'}),
        one('every', {title: 'duration', type: 'string'}),
      ],
      examples: ['trace', 'once', {speed: 10}, {within: '1h'}, {every: '1s'}],
    },
  });
}

function readArrivals(input: unknown, fail: Fail): Arrivals | undefined {
  if (input === 'trace') return {by: 'trace', speed: 1};
  if (input === 'once') return {by: 'once'};
  const [key, ...more] = isMap(input) ? Object.keys(input) : [];
  if (!isMap(input) || key === undefined || more.length > 0) {
    fail(`expected trace, once, {speed: 10}, {within: 1h} or {every: 1s}, got ${show(input)}`);
    return undefined;
  }
  const at = (message: string): undefined => void fail(message, [key]);
  const value = input[key];
  if (key === 'speed') {
    if (typeof value === 'number' && value > 0 && value < Infinity)
      return {by: 'trace', speed: value};
    return at(`expected a number above 0, got ${show(value)}`);
  }
  if (!keys.includes(key)) return at(`unknown key ${show(key)}${didYouMean(key, keys)}`);
  const time = readDuration(value);
  if (typeof time === 'string') return at(time);
  return key === 'within' ? {by: 'within', span: time} : {by: 'every', gap: time};
}

function one(key: string, type: object): object {
  return {type: 'object', properties: {[key]: type}, required: [key], additionalProperties: false};
}

const keys = ['speed', 'within', 'every'];
