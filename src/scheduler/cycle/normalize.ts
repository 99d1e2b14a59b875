// Turning raw scores into 0…100, as kube-scheduler's helper.DefaultNormalizeScore.

const maxNodeScore = 100;

/** In place, for the first `count` scores: the highest becomes 100. All zero stays zero. */
export function normalizeScores(scores: Int32Array, count: number): void {
  const highest = highestOf(scores, count);
  if (highest === 0) return;
  for (let i = 0; i < count; i++) scores[i] = (maxNodeScore * scores[i]) / highest;
}

/** The same turned around: the highest becomes 0. All zero becomes 100. */
export function normalizeScoresReversed(scores: Int32Array, count: number): void {
  const highest = highestOf(scores, count);
  if (highest === 0) {
    scores.fill(maxNodeScore, 0, count);
    return;
  }
  // The inner division truncates, not the outer difference: 100 of 1000 is 10, turned around 90.
  for (let i = 0; i < count; i++) {
    scores[i] = maxNodeScore - Math.trunc((maxNodeScore * scores[i]) / highest);
  }
}

function highestOf(scores: Int32Array, count: number): number {
  let highest = 0;
  for (let i = 0; i < count; i++) if (scores[i] > highest) highest = scores[i];
  return highest;
}
