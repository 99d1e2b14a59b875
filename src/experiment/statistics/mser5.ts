// How much of a run's beginning is warm-up: K. P. White, An Effective Truncation Heuristic for Bias
// Reduction in Simulation Output, 1997. Cut where the rest, by fives, has the least standard error.

export type WarmUp = {
  /** How many points to leave out at the beginning of every series. */
  readonly points: number;
  /** Not where a series is still changing in its second half: it has not run long enough. */
  readonly settled: boolean;
};

const batch = 5;

/**
 * One for all that are compared, so that none is judged by a later part than another: the longest
 * that any needs. A series is a variant's, best its mean over replications, which is less noisy.
 */
export function mser5(series: readonly (readonly number[])[]): WarmUp {
  const cuts = series.map(warmUpOf);
  return {
    points: Math.max(0, ...cuts.map(({points}) => points)),
    settled: cuts.every(({settled}) => settled),
  };
}

function warmUpOf(series: readonly number[]): WarmUp {
  const count = Math.floor(series.length / batch);
  if (count < 2) return {points: 0, settled: false};
  const means = Array.from({length: count}, (_, i) => batchMean(series, i * batch));
  // Backwards, so that each longer rest takes one more step (B. P. Welford's recurrence).
  let [kept, middle, squares] = [0, 0, 0];
  let [best, bestCut, bestEarly, earlyCut] = [Infinity, 0, Infinity, 0];
  for (let cut = count - 1; cut >= 0; cut--) {
    const off = means[cut] - middle;
    kept++;
    middle += off / kept;
    squares += off * (means[cut] - middle);
    // The few last fives may agree by luck.
    if (kept < Math.min(batch, count)) continue;
    const error = squares / (kept * kept);
    if (error <= best) [best, bestCut] = [error, cut];
    if (cut <= count / 2 && error <= bestEarly) [bestEarly, earlyCut] = [error, cut];
  }
  return {points: earlyCut * batch, settled: bestCut <= count / 2};
}

function batchMean(series: readonly number[], from: number): number {
  let sum = 0;
  for (let i = from; i < from + batch; i++) sum += series[i];
  return sum / batch;
}
