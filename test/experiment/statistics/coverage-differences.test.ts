// Differences to a baseline: how often they are held, how often one is claimed where there is none,
// and what pairing is worth.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../../src/engine/random.ts';
import {pairedDifference} from '../../../src/experiment/statistics/paired-difference.ts';
import {varianceRatio} from '../../../src/experiment/statistics/variance-ratio.ts';
import {mean} from '../../support/statistics.ts';
import {laws} from './coverage.ts';
import {differenceCells} from './coverage-cells.ts';
import {holdCells} from './hold-cells.ts';

holdCells(differenceCells);

test('what pairs share leaves the variance, and with it the width, of their difference', () => {
  const random = new RandomStream('pairing');
  const choice = {level: 0.95, random};
  const [paired, apart, ratios]: number[][] = [[], [], []];
  for (let i = 0; i < 500; i++) {
    const shared = Array.from({length: 20}, () => random.normal(10, 3));
    const run = (from: number, arrivals: number[]) =>
      arrivals.map(each => from + each + random.normal(0, 1));
    const [ours, theirs] = [run(1, shared), run(0, shared)];
    const others = run(
      0,
      shared.map(() => random.normal(10, 3)),
    );
    paired.push(width(pairedDifference(ours, theirs, choice)));
    apart.push(width(pairedDifference(ours, others, choice)));
    ratios.push(varianceRatio(ours, theirs) ?? Number.NaN);
  }
  // Of variance 9 + 1 each, 1 each is not shared.
  assert.ok(Math.abs(mean(ratios) - 0.1) < 0.02, `${mean(ratios)}`);
  const gain = mean(apart) / mean(paired);
  assert.ok(Math.abs(gain - Math.sqrt(10)) < 0.3, `${gain} times narrower`);
});

test('five in a hundred comparisons of like with like claim a difference, or fewer', () => {
  const random = new RandomStream('like-with-like');
  const choice = {level: 0.95, random: new RandomStream('resampling')};
  for (const law of [laws.normal, laws.exponential, laws.lognormal]) {
    for (const count of [5, 20]) {
      let claimed = 0;
      for (let i = 0; i < 1500; i++) {
        const [ours, theirs] = [0, 1].map(() =>
          Array.from({length: count}, () => law.draw(random)),
        );
        if ((pairedDifference(ours, theirs, choice).p ?? 1) < 0.05) claimed++;
      }
      assert.ok(claimed / 1500 < 0.06, `${claimed / 15} %`);
    }
  }
});

function width({low = Number.NaN, high = Number.NaN}): number {
  return high - low;
}

test.run();
