// How well a sample fits a distribution. Tests use fixed seeds, so a threshold crossed once is
// crossed always; 1 in 1,000 is rare enough to mean something and common enough to notice.

/** Kolmogorov's D times sqrt(n): beyond 1.95 once in 1,000 samples of the right distribution. */
export function kolmogorovSmirnov(sample: readonly number[], cdf: (x: number) => number): number {
  const sorted = [...sample].sort((one, other) => one - other);
  const count = sorted.length;
  let greatest = 0;
  sorted.forEach((x, index) => {
    const share = cdf(x);
    greatest = Math.max(greatest, (index + 1) / count - share, share - index / count);
  });
  return greatest * Math.sqrt(count);
}

export const kolmogorovLimit = 1.95;

/** The chance of counts at least so far from those expected, if these are right. */
export function chiSquareP(counts: readonly number[], expected: readonly number[]): number {
  const statistic = counts.reduce((sum, n, i) => sum + (n - expected[i]) ** 2 / expected[i], 0);
  return 1 - gammaCdf(statistic / 2, (counts.length - 1) / 2);
}

export function mean(sample: readonly number[]): number {
  return sample.reduce((sum, x) => sum + x, 0) / sample.length;
}

export function variance(sample: readonly number[]): number {
  const middle = mean(sample);
  return sample.reduce((sum, x) => sum + (x - middle) ** 2, 0) / (sample.length - 1);
}

/** How many standard errors the sample's mean lies from what it should be. */
export function standardErrors(sample: readonly number[], expectedMean: number): number {
  return Math.abs(mean(sample) - expectedMean) / Math.sqrt(variance(sample) / sample.length);
}

export function normalCdf(z: number): number {
  const tail = 0.5 * (1 - gammaCdf((z * z) / 2, 0.5));
  return z > 0 ? 1 - tail : tail;
}

/** The regularised incomplete gamma function, by its series (all terms positive). */
export function gammaCdf(x: number, shape: number): number {
  if (x <= 0) return 0;
  let term = 1 / shape;
  let sum = term;
  for (let k = 1; term > sum * 1e-16; k++) {
    term *= x / (shape + k);
    sum += term;
  }
  return Math.min(1, sum * Math.exp(shape * Math.log(x) - x - logGamma(shape)));
}

/** Stirling's series, after lifting the argument above 10. */
function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 10; z++) shift -= Math.log(z);
  const series = 1 / (12 * z) - 1 / (360 * z ** 3) + 1 / (1260 * z ** 5);
  return shift + (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series;
}
