// The mean of one number a run. Near normal: Student's t. Skewed: by models of positive values as
// long as these explain it, else by its skewness where runs are few, by resampling where many.

import type {RandomStream} from '../../engine/random.ts';
import {bootstrapMean} from './bootstrap-mean.ts';
import {type Interval, unknown} from './interval.ts';
import {constant, mean, relativeSkewness, variance} from './moments.ts';
import {explained, positiveMean} from './positive-mean.ts';
import {rareTotal} from './rare-total.ts';
import {shiftedTail} from './shifted-tail.ts';
import {skewedMean} from './skewed-mean.ts';
import {studentMean} from './student-mean.ts';

/** So far from 0 that a skewness, if there is one, has nothing to do with it. */
const farFromZero = 0.3;
/** From so many values on, resampling is better than a formula. */
const enoughToResample = 20;
/** A tail reaches no farther than so many halves of Student's interval. */
const mostHalves = 3;

export type Choice = {
  readonly level: number;
  readonly random: RandomStream;
  /** No value can be greater, such as a share than 1. */
  readonly atMost?: number;
};

export function levelMean(values: readonly number[], choice: Choice): Interval {
  if (values.some(value => value < 0)) return signedMean(values, choice);
  if (values.length > 1 && values.some(value => value === 0)) {
    return rareTotal(values, choice.level, choice.atMost);
  }
  // Of two values no model knows more than that they differ.
  if (values.length < 3 || constant(values)) return studentMean(values, choice.level);
  const spread = Math.sqrt(variance(values)) / mean(values);
  if (spread < farFromZero) return signedMean(values, choice);
  const modelled = positiveMean(values, choice.level, choice.atMost);
  return explained(values) ? modelled : wider(signedMean(values, choice), modelled);
}

/** Skewness of one standard error already counts, though a third of normal samples has more. */
export function signedMean(values: readonly number[], {level, random}: Choice): Interval {
  const student = studentMean(values, level);
  if (values.length < 3 || constant(values)) return student;
  const skewed = Math.abs(relativeSkewness(values));
  if (skewed < 1) return student;
  const tail = shiftedTail(values, level);
  if (values.length < enoughToResample) {
    return notFarther(wider(skewedMean(values, level), tail), student);
  }
  const resampled = wider(bootstrapMean(values, level, random), student);
  return skewed < 2 ? resampled : wider(resampled, tail);
}

/**
 * Of three values two may lie close together by luck, and the tail then has no end. Cut off here,
 * intervals of 5 values 3 + lognormal(0, 1) hold 86.9 instead of 87.5 %, of 10 values 93.7 instead
 * of 94.1.
 */
function notFarther(skewed: Interval, {estimate = 0, high = 0}: Interval): Interval {
  const farthest = mostHalves * (high - estimate);
  return {
    ...skewed,
    low: Math.max(skewed.low ?? -Infinity, estimate - farthest),
    high: Math.min(skewed.high ?? Infinity, estimate + farthest),
  };
}

/** The first, as far out as either. */
function wider(first: Interval, second: Interval): Interval {
  if (first.low === undefined || first.high === undefined) return unknown(first.estimate, 'none');
  return {
    ...first,
    low: Math.min(first.low, second.low ?? first.low),
    high: Math.max(first.high, second.high ?? first.high),
  };
}
