// Chi-square as some twenty weighted values: what is averaged over them is averaged over what the
// true spread of a sample may be. The trapezoid rule for the logarithm, whose density is smooth.

import {exp, log} from '../../engine/math.ts';

const count = 20;
/** Beyond, the density is a millionth of its greatest value. */
const drop = 14;

export type Nodes = {readonly values: readonly number[]; readonly weights: readonly number[]};

export function chiSquareNodes(freedom: number): Nodes {
  return logConcaveNodes(log(freedom), u => 0.5 * (freedom * u - exp(u)), exp);
}

/** The share that a beta of these shapes is, by its log odds. */
export function betaNodes(a: number, b: number): Nodes {
  const density = (u: number) => a * u - (a + b) * softplus(u);
  return logConcaveNodes(log(a / b), density, u => 1 / (1 + exp(-u)));
}

function softplus(u: number): number {
  return u > 0 ? u + log(1 + exp(-u)) : log(1 + exp(u));
}

function logConcaveNodes(
  mode: number,
  logDensity: (u: number) => number,
  value: (u: number) => number,
): Nodes {
  const top = logDensity(mode);
  const low = edge(-1, mode, u => top - logDensity(u));
  const high = edge(1, mode, u => top - logDensity(u));
  const points = Array.from({length: count}, (_, i) => low + ((high - low) * (i + 0.5)) / count);
  const heights = points.map(u => exp(logDensity(u) - top));
  const total = heights.reduce((sum, height) => sum + height, 0);
  return {values: points.map(value), weights: heights.map(height => height / total)};
}

/** Where the density has dropped so far that the rest does not count. */
function edge(direction: number, mode: number, fallen: (u: number) => number): number {
  let step = 1e-3;
  while (fallen(mode + direction * step) < drop) step *= 1.1;
  return mode + direction * step;
}
