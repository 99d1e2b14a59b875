// The mean of a law of chance, as drawn: a normal below zero counts as zero where it is a time.

import {exp, log, pow} from '../engine/math.ts';
import {logGamma, normalCdf, normalDensity} from '../engine/special-functions.ts';
import {unreachable} from '../engine/unreachable.ts';
import type {Distribution} from './distribution.ts';

/** Infinity where the tail is too heavy to have one. */
export function meanOf(distribution: Distribution): number {
  switch (distribution.law) {
    case 'constant':
      return distribution.value;
    case 'exponential':
    case 'erlang':
      return distribution.mean;
    case 'lognormal':
      return distribution.median * exp(0.5 * distribution.sigma * distribution.sigma);
    case 'weibull':
      return distribution.scale * exp(logGamma(1 + 1 / distribution.shape));
    case 'normal':
      return distribution.measure === 'duration' ? clippedMean(distribution) : distribution.mean;
    case 'uniform':
      return (distribution.from + distribution.to) / 2;
    case 'gamma':
      return distribution.shape * distribution.scale;
    case 'pareto':
      return paretoMean(distribution);
    case 'empirical':
      return weightedMean(distribution);
    default:
      return unreachable(distribution);
  }
}

function clippedMean({mean, sd}: {mean: number; sd: number}): number {
  if (sd === 0) return Math.max(0, mean);
  return mean * normalCdf(mean / sd) + sd * normalDensity(mean / sd);
}

type Pareto = {readonly shape: number; readonly scale: number; readonly max: number | undefined};

function paretoMean({shape, scale, max}: Pareto): number {
  if (max === undefined) return shape > 1 ? (shape * scale) / (shape - 1) : Infinity;
  const ratio = scale / max;
  const within = 1 - pow(ratio, shape);
  if (shape === 1) return (-scale * log(ratio)) / within;
  return ((shape / (shape - 1)) * scale * (1 - pow(ratio, shape - 1))) / within;
}

type Empirical = {readonly values: readonly number[]; readonly weights: readonly number[]};

function weightedMean({values, weights}: Empirical): number {
  let sum = 0;
  let total = 0;
  for (const [i, weight] of weights.entries()) {
    sum += weight * values[i];
    total += weight;
  }
  return sum / total;
}
