// Mean, variance and skewness of a sample, in two passes so that nothing cancels.

export function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  const first = sum / values.length;
  // What rounding left over. Equal values have exactly their own mean.
  let rest = 0;
  for (const value of values) rest += value - first;
  return first + rest / values.length;
}

/** The unbiased sample variance. */
export function variance(values: readonly number[]): number {
  const middle = mean(values);
  let sum = 0;
  for (const value of values) sum += (value - middle) * (value - middle);
  return sum / (values.length - 1);
}

/** The third central moment over the second's power 3/2; 0 where all values are equal. */
export function skewness(values: readonly number[]): number {
  const middle = mean(values);
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    const off = value - middle;
    squares += off * off;
    cubes += off * off * off;
  }
  if (squares === 0) return 0;
  const second = squares / values.length;
  return cubes / values.length / (second * Math.sqrt(second));
}

/** Skewness in standard errors of that of normal values (H. Cramér, 1946, 29.3.7). */
export function relativeSkewness(values: readonly number[]): number {
  const n = values.length;
  return n < 3 ? 0 : skewness(values) / Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
}

/** All values the same: there is no spread to infer anything from. */
export function constant(values: readonly number[]): boolean {
  return values.every(value => value === values[0]);
}
