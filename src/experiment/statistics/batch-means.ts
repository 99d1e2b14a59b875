// The mean of one long run whose values hang together: means of batches, long enough to be nearly
// independent, take the place of replications. Batches are doubled until von Neumann's ratio finds
// no more correlation (G. S. Fishman, Grouping Observations in Digital Simulation, 1978).

import {type Interval, unknown} from './interval.ts';
import {constant, mean} from './moments.ts';
import {normalQuantile} from './quantiles.ts';
import {studentMean} from './student-mean.ts';

/** Batches that are looked at for correlation: fewer would not show it. */
const fewest = 20;
// More than 30 gain next to nothing (B. Schmeiser, Batch Size Effects in the Analysis of Simulation
// Output, 1982).
const joinedAtMost = 30;

/** Without bounds where even `fewest` batches hang together: the run is too short to say. */
export function batchMeans(series: readonly number[], level: number): Interval {
  if (series.length === 0) return unknown(undefined, 'none');
  const estimate = mean(series);
  if (constant(series)) return unknown(estimate, 'constant');
  for (let size = 1; series.length / size >= fewest; size *= 2) {
    if (excess(inBatches(series, size)) > normalQuantile(0.9)) continue;
    return widened(joined(series, size), estimate, level);
  }
  return unknown(estimate, 'correlated');
}

/** Half as many batches as pass, or fewer, halve what correlation escaped the test, too. */
function joined(series: readonly number[], size: number): number[] {
  const passed = Math.floor(series.length / size);
  const count = Math.min(joinedAtMost, Math.floor(passed / 2));
  return inBatches(series, Math.floor(series.length / count));
}

/** By what is still seen of it, as in Skart (A. Tafazzoli and J. R. Wilson, 2011). */
function widened(batches: readonly number[], estimate: number, level: number): Interval {
  const {low = estimate, high = estimate} = studentMean(batches, level);
  const correlation = Math.min(0.8, Math.max(0, 1 - neumannRatio(batches) / 2));
  const half = ((high - low) / 2) * Math.sqrt((1 + correlation) / (1 - correlation));
  return {estimate, low: estimate - half, high: estimate + half, method: 'batch-means'};
}

/** What is left over is the oldest. */
function inBatches(series: readonly number[], size: number): number[] {
  const count = Math.floor(series.length / size);
  const first = series.length - count * size;
  return Array.from({length: count}, (_, i) => {
    const from = first + i * size;
    return mean(series.slice(from, from + size));
  });
}

/** Normal with variance 1 where batches are independent: J. von Neumann, 1941. */
function excess(batches: readonly number[]): number {
  const count = batches.length;
  return (1 - neumannRatio(batches) / 2) * Math.sqrt((count * count - 1) / (count - 2));
}

/** Mean square of successive differences to variance: 2 where batches are independent. */
function neumannRatio(batches: readonly number[]): number {
  const middle = mean(batches);
  let [steps, squares] = [0, 0];
  for (const [i, value] of batches.entries()) {
    squares += (value - middle) * (value - middle);
    if (i > 0) steps += (value - batches[i - 1]) * (value - batches[i - 1]);
  }
  return squares === 0 ? 2 : steps / squares;
}
