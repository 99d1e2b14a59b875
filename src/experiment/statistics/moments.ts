// Mean and variance of a sample, in two passes so that nothing cancels.

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

/** All values the same: there is no spread to infer anything from. */
export function constant(values: readonly number[]): boolean {
  return values.every(value => value === values[0]);
}
