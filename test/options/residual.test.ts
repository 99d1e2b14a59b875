// The rest of a life looked at in the middle: its distribution is the equilibrium one of renewal
// theory, P(R <= x) = ∫₀ˣ (1 - F) / mean, with moments E R^k = E X^(k+1) / ((k + 1) E X).

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../src/engine/random.ts';
import {type Distribution, distribution} from '../../src/options/distribution.ts';
import {drawer} from '../../src/options/drawer.ts';
import {meanOf} from '../../src/options/law-mean.ts';
import {drawResidual} from '../../src/options/residual.ts';
import {
  gammaCdf,
  kolmogorovLimit,
  kolmogorovSmirnov,
  normalCdf,
  standardErrors,
} from '../support/statistics.ts';

const hour = 3600e6;
type Cdf = (hours: number) => number;

/** Each law with its distribution function, over hours. */
const laws: [object | string, Cdf][] = [
  ['2h', x => (x < 2 ? 0 : 1)],
  [{exponential: {mean: '2h'}}, x => 1 - Math.exp(-x / 2)],
  [{lognormal: {median: '1h', sigma: 1.1}}, x => normalCdf(Math.log(x) / 1.1)],
  [{weibull: {shape: 0.48, scale: '2h'}}, x => 1 - Math.exp(-((x / 2) ** 0.48))],
  [{weibull: {shape: 3, scale: '2h'}}, x => 1 - Math.exp(-((x / 2) ** 3))],
  [{normal: {mean: '3h', sd: '1h'}}, x => normalCdf(Math.min(9, x - 3))],
  [{normal: {mean: '-1h', sd: '2h'}}, x => normalCdf(Math.min(9, (x + 1) / 2))],
  [{uniform: {from: '1h', to: '4h'}}, x => Math.min(1, Math.max(0, (x - 1) / 3))],
  [{erlang: {shape: 3, mean: '6h'}}, x => gammaCdf(x / 2, 3)],
  [{gamma: {shape: 0.4, scale: '5h'}}, x => gammaCdf(x / 5, 0.4)],
  [{pareto: {shape: 3.5, scale: '1h'}}, x => (x < 1 ? 0 : 1 - x ** -3.5)],
  [{pareto: {shape: 0.7, scale: '1h', max: '50h'}}, x => cutPareto(x, 0.7)],
  [{pareto: {shape: 1, scale: '1h', max: '50h'}}, x => cutPareto(x, 1)],
  [{empirical: {values: ['1h', '5h'], weights: [3, 1]}}, x => (x < 1 ? 0 : x < 5 ? 0.75 : 1)],
];

function cutPareto(x: number, shape: number): number {
  if (x < 1) return 0;
  return Math.min(1, (1 - x ** -shape) / (1 - 50 ** -shape));
}

/** A normal that may be negative is written as a parsed law, for durations are not. */
function lawOf(written: object | string): Distribution {
  const text = JSON.stringify(written);
  if (!text.includes('"-1h"')) return distribution().parse(written as string);
  return {measure: 'duration', law: 'normal', mean: -hour, sd: 2 * hour};
}

/** ∫₀ˣ (1 - F), by Simpson's rule between the points of a table that grows geometrically. */
function equilibrium(cdf: Cdf, mean: number): Cdf {
  const points = [0];
  const sums = [0];
  for (let x = 0; x < 1000; ) {
    const step = Math.max(2e-4, x * 2e-3);
    const next = x + step;
    const middle = 4 * (1 - cdf(x + step / 2));
    const ends = 2 - cdf(x + 1e-12) - cdf(next - 1e-12);
    sums.push(sums[sums.length - 1] + (step / 6) * (ends + middle));
    points.push(next);
    x = next;
  }
  return x => {
    let low = 0;
    for (let high = points.length - 1; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if (points[middle] <= x) low = middle;
      else high = middle;
    }
    const share = (x - points[low]) / (points[low + 1] - points[low]);
    return (sums[low] + share * (sums[low + 1] - sums[low])) / mean;
  };
}

for (const [written, cdf] of laws) {
  const name = JSON.stringify(written);
  const law = lawOf(written);
  const stream = new RandomStream(name);
  const draw = drawer(law, stream);

  test(`${name}: the mean is that of the draws, and of the distribution function`, () => {
    const draws = Array.from({length: 20_000}, () => draw() / hour);
    assert.ok(draws.every(x => x === draws[0]) || standardErrors(draws, meanOf(law) / hour) < 4);
    assert.ok(Math.abs(equilibrium(cdf, meanOf(law) / hour)(999) - 1) < 2e-3);
  });

  test(`${name}: residual lives have the equilibrium distribution`, () => {
    const residuals = Array.from({length: 20_000}, () => drawResidual(law, stream) / hour);
    const expected = equilibrium(cdf, meanOf(law) / hour);
    assert.ok(kolmogorovSmirnov(residuals, expected) < kolmogorovLimit);
  });
}

test('the mean residual of a Weibull life is E X² / 2 E X', () => {
  const law = distribution().parse({weibull: {shape: 0.7, scale: '2h'}});
  const stream = new RandomStream('mean');
  const residuals = Array.from({length: 50_000}, () => drawResidual(law, stream) / hour);
  // Γ(1 + 2/0.7) and Γ(1 + 1/0.7).
  const [second, first] = [4 * 5.0291447, 2 * 1.2658235];
  assert.ok(standardErrors(residuals, second / (2 * first)) < 4);
});

test('a tail without a mean says so', () => {
  assert.is(meanOf(distribution().parse({pareto: {shape: 1, scale: '1h'}})), Infinity);
});

test.run();
