// Which interval for which figure: see metrics/figure-kinds.ts for kinds.

import type {KnownMetric} from '../metrics/figure-kinds.ts';
import type {Sample} from './observed-values.ts';
import type {Difference, Interval} from './statistics/interval.ts';
import {pairedDifference} from './statistics/paired-difference.ts';
import {poissonRate} from './statistics/poisson-rate.ts';
import {studentMean} from './statistics/student-mean.ts';

export function figureMean(metric: KnownMetric, sample: Sample, level: number): Interval {
  const {values} = sample;
  if (metric.kind === 'count') {
    return poissonRate(
      values,
      values.map(() => 1),
      level,
    );
  }
  return studentMean(values, level);
}

export function figureDifference(
  _metric: KnownMetric,
  sample: Sample,
  baseline: Sample,
  level: number,
): Difference {
  return pairedDifference(sample.values, baseline.values, level);
}
