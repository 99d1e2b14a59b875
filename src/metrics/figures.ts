// One line of summary.csv, and how its value becomes text: exactly, from whole numbers, halves up.

import type {Histogram} from '../engine/histogram.ts';
import {formatSeconds} from '../engine/time.ts';

export type Figure = {
  readonly metric: string;
  /** What it is about, where not the whole run: a plugin, a node … */
  readonly object: string;
  /** `undefined`: no samples, or too few for this quantile. */
  readonly value: string | number | undefined;
  /** `s`, `pods`, `pod·s`, `share` … */
  readonly unit: string;
  /** How many observations the value rests on; `undefined` for exact totals and integrals. */
  readonly samples: number | undefined;
};

/** `numerator / denominator` with six decimals; `undefined` where there is nothing to divide by. */
export function ratioText(
  numerator: bigint | number,
  denominator: bigint | number,
): string | undefined {
  const divisor = BigInt(denominator);
  if (divisor === 0n) return undefined;
  const millionths = (BigInt(numerator) * 2_000_000n + divisor) / (divisor * 2n);
  return formatSeconds(millionths);
}

/** The mean of `count` times that add up to `sum` microseconds, in seconds. */
export function meanSeconds(sum: bigint, count: number): string | undefined {
  return ratioText(sum, BigInt(count) * 1_000_000n);
}

/** Mean, p50, p90, p99 and max of a histogram of microseconds, in seconds. */
export function latencyFigures(metric: string, times: Histogram): Figure[] {
  const figure = (name: string, value: string | undefined): Figure => {
    return {metric: `${metric}_${name}`, object: '', value, unit: 's', samples: times.count};
  };
  const seconds = (time: number | undefined) =>
    time === undefined ? undefined : formatSeconds(time);
  return [
    figure('mean', meanSeconds(times.sum, times.count)),
    figure('p50', seconds(times.quantile(0.5))),
    figure('p90', seconds(times.quantile(0.9))),
    figure('p99', seconds(times.quantile(0.99))),
    figure('max', seconds(times.max)),
  ];
}

/** A count or a total: exact, so without samples. */
export function total(metric: string, value: string | number | undefined, unit: string): Figure {
  return {metric, object: '', value, unit, samples: undefined};
}
