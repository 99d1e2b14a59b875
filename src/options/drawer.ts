// Turns a distribution, as a scenario states it, and a stream of chance into the function that
// draws from it. Prepared once: a draw allocates nothing.

import type {RandomStream} from '../engine/random.ts';
import {endOfTime, toTime} from '../engine/time.ts';
import {unreachable} from '../engine/unreachable.ts';
import type {Distribution} from './distribution.ts';

export type Draw = () => number;

/**
 * Times come as whole microseconds within what a run can tell apart: a normal below zero counts as
 * zero, and a heavy tail ends where time does.
 */
export function drawer(distribution: Distribution, stream: RandomStream): Draw {
  const draw = lawDrawer(distribution, stream);
  if (distribution.measure === 'number') return draw;
  return () => Math.min(endOfTime, toTime(Math.max(0, draw())));
}

function lawDrawer(distribution: Distribution, stream: RandomStream): Draw {
  switch (distribution.law) {
    case 'constant':
      return () => distribution.value;
    case 'exponential':
      return () => stream.exponential(distribution.mean);
    case 'lognormal':
      return () => stream.lognormal(distribution);
    case 'weibull':
      return () => stream.weibull(distribution);
    case 'normal':
      return () => stream.normal(distribution.mean, distribution.sd);
    case 'uniform':
      return () => stream.uniform(distribution.from, distribution.to);
    case 'erlang':
      return () => stream.erlang(distribution);
    case 'gamma':
      return () => stream.gamma(distribution);
    case 'pareto':
      return () => stream.pareto(distribution);
    case 'empirical':
      return () => stream.empirical(distribution);
    default:
      return unreachable(distribution);
  }
}
