// How much a variant differs from the baseline, from runs paired by replication: what both share,
// above all the arrivals, cancels within each pair.
//
// Bounds towards 0 are those of a test that holds under any symmetry of luck, so p is below 0.05
// exactly where the interval leaves 0 out; bounds away from 0 heed a long tail.

import {type Difference, type Interval, unknown} from './interval.ts';
import {type Choice, levelMean, signedMean} from './level-mean.ts';
import {constant, mean, relativeSkewness, variance} from './moments.ts';
import {studentOutside} from './quantiles.ts';
import {rareTotal} from './rare-total.ts';
import {skewedMean, skewedOutside} from './skewed-mean.ts';
import {studentMean} from './student-mean.ts';

/** Fewer pairs that differ prove nothing: they agree by luck once in eight experiments. */
const enough = 5;

export function pairedDifference(
  values: readonly number[],
  baseline: readonly number[],
  choice: Choice,
): Difference {
  const differences = values.map((value, i) => decimalDifference(value, baseline[i]));
  const differing = differences.filter(each => each !== 0);
  if (differences.length === 0) return {...unknown(undefined, 'none'), p: undefined};
  if (differing.length === 0) return {estimate: 0, low: 0, high: 0, method: 'identical', p: 1};
  if (differences.length < 2) return {...unknown(differences[0], 'single'), p: undefined};
  if (constant(differences)) return constantDifference(differences, choice.level);
  if (differing.length < Math.min(enough, differences.length)) {
    return rareDifference(differences, choice);
  }
  const sign = Math.sign(mean(differences));
  if (differences.every(each => each * sign >= 0)) return oneSided(differences, sign, choice);
  const difference = twoSided(differences, choice);
  return {
    ...difference,
    ...awayFromZero(difference, asLarge(difference, values, baseline, choice)),
  };
}

/**
 * Differences that grow with the runs that they are of may be as much larger as the runs may be:
 * what is not known of either adds up as of independent quantities.
 */
function asLarge(
  difference: Difference,
  values: readonly number[],
  baseline: readonly number[],
  choice: Choice,
): Interval {
  const sizes = values.map((value, i) => (Math.abs(value) + Math.abs(baseline[i])) / 2);
  const {estimate: size = 0, high: largest = 0} = levelMean(sizes, {...choice, atMost: Infinity});
  const {estimate = 0, low = estimate, high = estimate} = difference;
  const room = (Math.abs(estimate) * Math.max(0, largest - size)) / size;
  if (!Number.isFinite(room * room)) return difference;
  const far = (near: number) => Math.sqrt(near * near + room * room);
  return {
    ...difference,
    low: estimate - far(estimate - low),
    high: estimate + far(high - estimate),
  };
}

/** All pairs that differ do so the same way: t towards 0, away from it what the tail may hold. */
function oneSided(differences: readonly number[], sign: number, choice: Choice): Difference {
  const student = studentMean(differences, choice.level);
  const tail = levelMean(
    differences.map(each => each * sign),
    choice,
  );
  const far = sign * (tail.high ?? 0);
  const [low = 0, high = 0] = [student.low, student.high];
  return {
    ...student,
    low: sign > 0 ? low : Math.min(low, far),
    high: sign > 0 ? Math.max(high, far) : high,
    method: tail.method === 'student-t' ? 'paired-t' : `paired-t ${tail.method}`,
    p: studentP(differences),
  };
}

function twoSided(differences: readonly number[], choice: Choice): Difference {
  const skewed = Math.abs(relativeSkewness(differences)) >= 1;
  const test = (skewed ? skewedMean : studentMean)(differences, choice.level);
  const tailed = signedMean(differences, choice);
  const mostlyNone = differences.filter(each => each === 0).length > differences.length / 2;
  const interval = awayFromZero(test, tailed);
  return {
    ...(mostlyNone ? awayFromZero(interval, together(differences, choice)) : interval),
    method: tailed.method === 'student-t' ? 'paired-t' : `paired-${tailed.method}`,
    p: skewed ? skewedOutside(differences) : studentP(differences),
  };
}

/** The bound at 0's side stays that of the test; the other is as far out as either. */
function awayFromZero(test: Interval, other: Interval): Interval {
  const [low, high] = [test.low ?? 0, test.high ?? 0];
  const positive = (test.estimate ?? 0) > 0;
  return {
    ...test,
    low: positive ? low : Math.min(low, other.low ?? low),
    high: positive ? Math.max(high, other.high ?? high) : high,
  };
}

/** Gains and losses, each rare, bounded together: Zou and Donner, 2008. */
function together(differences: readonly number[], choice: Choice): Interval {
  const {gains, losses} = gainsAndLosses(differences, choice);
  const estimate = mean(differences);
  const room = (one: number | undefined, other: number | undefined) => (one ?? 0) - (other ?? 0);
  const [less, more] = [room(gains.estimate, gains.low), room(losses.high, losses.estimate)];
  const [up, down] = [room(gains.high, gains.estimate), room(losses.estimate, losses.low)];
  return {
    estimate,
    low: estimate - Math.sqrt(less * less + more * more),
    high: estimate + Math.sqrt(up * up + down * down),
    method: 'paired-rare',
  };
}

function gainsAndLosses(differences: readonly number[], {level, atMost}: Choice) {
  const gains = differences.map(each => Math.max(0, each));
  const losses = differences.map(each => Math.max(0, -each));
  return {gains: rareTotal(gains, level, atMost), losses: rareTotal(losses, level, atMost)};
}

/** In doubles 0.3 - 0.1 and 0.4 - 0.2 differ, and differences that are equal have no spread. */
function decimalDifference(one: number, other: number): number {
  const greatest = Math.max(Math.abs(one), Math.abs(other));
  const places = greatest < 1 ? digits : digits - Math.ceil(greatest).toFixed(0).length;
  return Number((one - other).toFixed(Math.max(0, places)));
}

/** A double holds so many decimal digits. */
const digits = 15;

function studentP(differences: readonly number[]): number {
  const error = Math.sqrt(variance(differences) / differences.length);
  return studentOutside(mean(differences) / error, differences.length - 1);
}

/** So few pairs differ that gains and losses are each a rare total, and only signs are a test. */
export function rareDifference(differences: readonly number[], choice: Choice): Difference {
  const {gains, losses} = gainsAndLosses(differences, choice);
  const up = differences.filter(each => each > 0).length;
  const all = differences.filter(each => each !== 0).length;
  return {
    estimate: mean(differences),
    low: losses.high === undefined ? undefined : -losses.high,
    high: gains.high,
    method: all === 0 ? 'no-events' : 'paired-rare',
    p: signP(Math.min(up, all - up), all),
  };
}

/** The chance of at most so few of one sign, on either side. */
function signP(fewer: number, all: number): number {
  let ways = 0;
  let choose = 1;
  for (let k = 0; k <= fewer; k++) {
    ways += choose;
    choose = (choose * (all - k)) / (k + 1);
  }
  return Math.min(1, ways * 2 ** (1 - all));
}

/**
 * Without spread there is no t. What remains is the sign test: all pairs would differ the same way
 * by luck once in 2^(n-1) experiments.
 */
function constantDifference(differences: readonly number[], level: number): Difference {
  const [estimate] = differences;
  const p = 2 ** (1 - differences.length);
  if (p > 1 - level) return {...unknown(estimate, 'sign-test'), p};
  return {estimate, low: estimate, high: estimate, method: 'sign-test', p};
}
