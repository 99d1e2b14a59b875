// The exact methods on what they are exact for. Counts are whole, so that theirs hold more.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {binomialShare} from '../../../src/experiment/statistics/binomial-share.ts';
import {poissonRate} from '../../../src/experiment/statistics/poisson-rate.ts';
import {studentMean} from '../../../src/experiment/statistics/student-mean.ts';
import {coverage, laws, poisson, sampleOf} from './coverage.ts';

for (const count of [5, 10, 20, 50]) {
  test(`Student's t holds the mean of ${count} normal values`, () => {
    const {held} = coverage(
      {
        name: `student/${count}`,
        truth: laws.normal.mean,
        interval: random => studentMean(sampleOf(laws.normal, count, random), 0.95),
      },
      10_000,
    );
    assert.ok(Math.abs(held - 95) < 0.7, `${held} %`);
  });
}

for (const rate of [0.2, 1, 10, 100]) {
  test(`Garwood's bounds hold a rate of ${rate} events a run`, () => {
    const counts = (random: Parameters<typeof poisson>[1]) =>
      Array.from({length: 5}, () => poisson(rate, random));
    const {held} = coverage(
      {
        name: `poisson/${rate}`,
        truth: rate,
        interval: random => poissonRate(counts(random), [1, 1, 1, 1, 1], 0.95),
      },
      2000,
    );
    assert.ok(held >= 94.5 && (rate < 10 || held <= 96.5), `${held} %`);
  });
}

for (const share of [0.01, 0.3, 0.999]) {
  test(`Clopper and Pearson's bounds hold a share of ${share}`, () => {
    const successes = (random: Parameters<typeof poisson>[1]) => {
      let count = 0;
      for (let i = 0; i < 500; i++) if (random.uniform() < share) count++;
      return count;
    };
    const {held} = coverage(
      {
        name: `binomial/${share}`,
        truth: share,
        interval: random => binomialShare(successes(random), 500, 0.95),
      },
      4000,
    );
    assert.ok(held >= 94.5, `${held} %`);
  });
}

test.run();
