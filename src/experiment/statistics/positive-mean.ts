// The mean of positive values, skewed or not, from as few as there are. What it may be is averaged
// over three models: normal values, normal cube roots (a gamma, after Wilson and Hilferty), normal
// logarithms; each by its likelihood (Box and Cox, 1964). Far from 0 all three are Student's t.

import {exp, log, pow} from '../../engine/math.ts';
import {chiSquareNodes} from './chi-square-nodes.ts';
import {crossing} from './crossing.ts';
import {type Interval, unknown} from './interval.ts';
import {constant, mean, relativeSkewness, variance} from './moments.ts';
import {roughNormalCdf} from './rough-normal.ts';

/** Values become normal by `of`; a mean of q then belongs to `centre(q, σ²)` of the normal. */
type Model = {
  readonly power: number;
  readonly prior: number;
  readonly of: (x: number) => number;
  readonly centre: (q: number, squared: number, logQ: number) => number;
};

/** Fitted to a sample: the normal's mean and variance, and the model's share of belief. */
type Fit = {
  readonly model: Model;
  readonly centre: number;
  readonly squared: number;
  weight: number;
};

// A long tail is what few values hide, so the logarithm counts as four.
const models: readonly Model[] = [
  {power: 1, prior: 1, of: x => x, centre: q => q},
  {power: 1 / 3, prior: 1, of: x => pow(x, 1 / 3), centre: cubeCentre},
  {power: 0, prior: 4, of: log, centre: (_q, squared, logQ) => logQ - squared / 2},
];

export function positiveMean(
  values: readonly number[],
  level: number,
  atMost = Infinity,
): Interval {
  if (values.length === 0) return unknown(undefined, 'none');
  const estimate = mean(values);
  if (values.length === 1) return unknown(estimate, 'single');
  if (constant(values)) return unknown(estimate, 'constant');
  const below = positiveMeanBelow(values);
  const outside = (1 - level) / 2;
  return {
    estimate,
    low: below(0) >= outside ? 0 : crossing(below, outside, estimate),
    high: Math.min(atMost, crossing(below, 1 - outside, estimate)),
    method: 'box-cox',
  };
}

/**
 * The share of belief that the mean is below q. A normal sample's fiducial distribution: the
 * variance is (n-1) s² / χ², and given it the mean is normal with a variance n times smaller.
 * For logarithms K. Krishnamoorthy and T. Mathew, 2003; for cube roots Krishnamoorthy, Mathew and
 * S. Mukherjee, 2008. A normal whose cube has mean q has its own in `cubeCentre`.
 */
export function positiveMeanBelow(values: readonly number[]): (q: number) => number {
  const freedom = values.length - 1;
  const {values: chiSquares, weights} = chiSquareNodes(freedom);
  const fits = fitted(values).map(fit => {
    const spreads = chiSquares.map(chiSquare => (fit.squared * freedom) / chiSquare);
    return {...fit, spreads, errors: spreads.map(spread => Math.sqrt(spread / values.length))};
  });
  return q => {
    let share = 0;
    const logQ = log(q);
    for (const {model, centre, weight, spreads, errors} of fits) {
      if (q <= 0 && model.power !== 1) continue;
      for (let i = 0; i < weights.length; i++) {
        const off = model.centre(q, spreads[i], logQ) - centre;
        share += weight * weights[i] * roughNormalCdf(off / errors[i]);
      }
    }
    return share;
  };
}

/** Whether the likeliest model leaves no more skewness than chance does. */
export function explained(values: readonly number[]): boolean {
  const [{model}] = fitted(values).toSorted((one, other) => other.weight - one.weight);
  return Math.abs(relativeSkewness(values.map(model.of))) < 2;
}

/** Models that explain the sample a thousand times worse than the best are left out. */
function fitted(values: readonly number[]): readonly Fit[] {
  const logs = values.reduce((sum, x) => sum + log(x), 0);
  const fits = models.map(model => {
    const normal = values.map(model.of);
    const squared = variance(normal);
    const jacobian = model.power === 0 ? 0 : values.length * log(model.power);
    const fit = (model.power - 1) * logs - (values.length / 2) * log(squared) + jacobian;
    return {model, centre: mean(normal), squared, weight: fit + log(model.prior)};
  });
  const best = Math.max(...fits.map(({weight}) => weight));
  for (const fit of fits) fit.weight = exp(fit.weight - best);
  const likely = fits.filter(({weight}) => weight > 1e-3);
  const total = likely.reduce((sum, {weight}) => sum + weight, 0);
  for (const fit of likely) fit.weight /= total;
  return likely;
}

/** The μ with μ³ + 3 μ σ² = q: Cardano's one real root. */
function cubeCentre(q: number, squared: number): number {
  const half = q / 2;
  const root = pow(half + Math.sqrt(half * half + squared * squared * squared), 1 / 3);
  return root - squared / root;
}
