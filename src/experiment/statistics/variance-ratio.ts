// What pairing is worth: the variance of the differences against what it would be between
// independent runs. Below 1 common random numbers help; above 1 they do harm.

import {variance} from './moments.ts';

export function varianceRatio(
  values: readonly number[],
  baseline: readonly number[],
): number | undefined {
  if (values.length < 2) return undefined;
  const independent = variance(values) + variance(baseline);
  if (independent === 0) return undefined;
  return variance(values.map((value, i) => value - baseline[i])) / independent;
}
