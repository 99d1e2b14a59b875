// The parameters of each law of chance, what each may be, and what must hold between them.

import type {Time} from '../engine/time.ts';
import {readDuration} from './duration.ts';
import {isMap} from './is-map.ts';
import {didYouMean} from './nearest.ts';
import {show} from './show.ts';
import type {Fail} from './written.ts';

/** What a law is over: times are in microseconds, here and when drawn. */
export type Measure = 'duration' | 'number';

/** Words that say what is allowed; `measured` values are durations or numbers, others numbers. */
export type Parameters = Readonly<Record<string, string>>;

export const laws: Readonly<Record<string, Parameters>> = {
  exponential: {mean: 'measured positive'},
  lognormal: {median: 'measured positive', sigma: 'notNegative'},
  weibull: {shape: 'positive', scale: 'measured positive'},
  normal: {mean: 'measured', sd: 'measured notNegative'},
  uniform: {from: 'measured', to: 'measured'},
  erlang: {shape: 'positive whole', mean: 'measured positive'},
  gamma: {shape: 'positive', scale: 'measured positive'},
  pareto: {shape: 'positive', scale: 'measured positive', max: 'measured positive optional'},
  empirical: {values: 'list measured', weights: 'list notNegative optional'},
};

type Reading = {readonly measure: Measure; readonly fail: Fail};
type Values = Record<string, number | readonly number[] | undefined>;

/** `undefined` after at least one `fail`. */
export function readParameters(law: string, given: unknown, reading: Reading): Values | undefined {
  const known = Object.keys(laws[law]);
  if (!isMap(given)) {
    reading.fail(`expected {${known.join(', ')}}, got ${show(given)}`);
    return undefined;
  }
  let complete = true;
  const fail: Fail = (message, path) => {
    complete = false;
    reading.fail(message, path);
  };
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue;
    fail(`unknown key ${show(key)}${didYouMean(key, known)}; known: ${known.join(', ')}`, [key]);
  }
  const values: Values = {};
  for (const [name, rule] of Object.entries(laws[law])) {
    values[name] = readParameter(given[name], {name, rule, measure: reading.measure, fail});
  }
  if (complete) checkTogether(law, values, fail);
  return complete ? values : undefined;
}

type Parameter = Reading & {readonly name: string; readonly rule: string};

function readParameter(value: unknown, parameter: Parameter): number | number[] | undefined {
  const {name, rule, fail} = parameter;
  if (value === undefined && rule.includes('optional')) return undefined;
  if (!rule.includes('list')) return readOne(value, parameter, [name]);
  if (Array.isArray(value) && value.length > 0) {
    return value.map((item, i) => readOne(item, parameter, [name, i]));
  }
  const some = Array.isArray(value) ? 'at least one, got none' : `a list, got ${show(value)}`;
  fail(`expected ${some}`, [name]);
  return undefined;
}

function readOne(value: unknown, parameter: Parameter, path: (string | number)[]): number {
  const {rule, measure, fail} = parameter;
  const number = readMeasured(value, rule.includes('measured') ? measure : 'number');
  if (typeof number === 'string') fail(number, path);
  else if (rule.includes('positive') && number <= 0) {
    fail(`expected more than 0, got ${show(value)}`, path);
  } else if (rule.includes('notNegative') && number < 0) {
    fail(`expected at least 0, got ${show(value)}`, path);
  } else if (rule.includes('whole') && !Number.isSafeInteger(number)) {
    fail(`expected a whole number, got ${show(value)}`, path);
  }
  return Number(number);
}

/** The number, or what is wrong with it. */
export function readMeasured(input: unknown, measure: Measure): Time | string {
  if (measure === 'duration') return readDuration(input);
  if (typeof input === 'number' && Number.isFinite(input)) return input;
  return `expected a number, got ${show(input)}`;
}

function checkTogether(law: string, values: Values, fail: Fail): void {
  if (law === 'uniform' && Number(values.to) < Number(values.from)) {
    fail('expected `to` at or above `from`', ['to']);
  }
  if (law === 'pareto' && values.max !== undefined && Number(values.max) <= Number(values.scale)) {
    fail('expected `max` above `scale`', ['max']);
  }
  if (law !== 'empirical') return;
  const {length} = values.values as readonly number[];
  values.weights ??= Array.from({length}, () => 1);
  const weights = values.weights as readonly number[];
  if (weights.length !== length) {
    fail(`expected ${length} weights, one a value, got ${weights.length}`, ['weights']);
  } else if (weights.every(weight => weight === 0)) {
    fail('expected at least one weight above 0', ['weights']);
  }
}
