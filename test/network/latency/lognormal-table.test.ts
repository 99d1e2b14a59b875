import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../../src/engine/random.ts';
import {LognormalTable} from '../../../src/network/latency/lognormal-table.ts';
import {
  kolmogorovLimit,
  kolmogorovSmirnov,
  normalCdf,
  standardErrors,
} from '../../support/statistics.ts';

const laws = [
  {median: 50, sigma: 0.35},
  {median: 1, sigma: 1.5},
];

function sampleOf(law: {median: number; sigma: number}, count: number): number[] {
  const table = new LognormalTable(law);
  const stream = new RandomStream(`lognormal ${law.sigma}`);
  return Array.from({length: count}, () => table.draw(stream));
}

test('draws have the distribution and the mean of the law', () => {
  for (const law of laws) {
    const {median, sigma} = law;
    const sample = sampleOf(law, 200_000);
    const cdf = (x: number) => normalCdf(Math.log(x / median) / sigma);
    assert.ok(kolmogorovSmirnov(sample, cdf) < kolmogorovLimit);
    assert.ok(standardErrors(sample, median * Math.exp((sigma * sigma) / 2)) < 4);
  }
});

test('each number picks its quantile, to within 0.0002', () => {
  for (const {median, sigma} of laws) {
    const table = new LognormalTable({median, sigma});
    for (let i = 10; i < 9990; i++) {
      const u = (i + 0.37) / 10_000;
      const found = normalCdf(Math.log(table.draw({uniform: () => u}) / median) / sigma);
      assert.ok(Math.abs(found - u) < 0.0002, `${u}: ${found}`);
    }
  }
});

test('rare long and short times come as often as they should', () => {
  const {median, sigma} = laws[0];
  const sample = sampleOf(laws[0], 1_000_000);
  for (const z of [3.2, 3.5, 4]) {
    const expected = 1_000_000 * (1 - normalCdf(z));
    const long = sample.filter(x => x > median * Math.exp(sigma * z)).length;
    const short = sample.filter(x => x < median * Math.exp(-sigma * z)).length;
    assert.ok(Math.abs(long - expected) < 4 * Math.sqrt(expected), `${z}: ${long}`);
    assert.ok(Math.abs(short - expected) < 4 * Math.sqrt(expected), `${z}: ${short}`);
  }
});

test.run();
