// The share of time lost, from runs of equal and of different lengths.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../../src/engine/random.ts';
import {renewalRatio} from '../../../src/experiment/statistics/renewal-ratio.ts';
import {coverage} from './coverage.ts';
import {near} from './near.ts';

const choice = {level: 0.95, random: new RandomStream('resampling')};

test('all time lost counts against all time, not each run alike', () => {
  const runs = [
    {up: 90, down: 10},
    {up: 880, down: 20},
    {up: 485, down: 15},
  ];
  near(renewalRatio(runs, choice).estimate, 45 / 1500, 1e-12);
});

test('runs without a loss bound it from above, and no run says nothing', () => {
  const up = {up: 100, down: 0};
  const {estimate, low, high} = renewalRatio([up, up, up, up], choice);
  assert.equal([estimate, low], [0, 0]);
  near(high, 1 - 0.025 ** (1 / 4), 1e-9);
  assert.is(renewalRatio([], choice).method, 'none');
  assert.is(renewalRatio([up], choice).method, 'single');
});

for (const [lengths, from, to] of [
  ['one length', 1000, 1000],
  ['lengths from one to three', 500, 1500],
] as const) {
  test(`alternating up and down times in runs of ${lengths}`, () => {
    const {held} = coverage(
      {
        name: `renewal/${lengths}`,
        truth: 5 / 105,
        interval: random => {
          const runs = Array.from({length: 10}, () => life(random.uniform(from, to + 1), random));
          return renewalRatio(runs, choice);
        },
      },
      2000,
    );
    assert.ok(held >= 93.5 && held <= 97, `${held} %`);
  });
}

/** Up for 100 on average, down for 5, from a moment at which it has been so for ever. */
function life(length: number, random: RandomStream) {
  let isUp = random.uniform() < 100 / 105;
  let [up, down] = [0, 0];
  for (let time = 0; time < length; isUp = !isUp) {
    const lasts = Math.min(length - time, random.exponential(isUp ? 100 : 5));
    time += lasts;
    if (isUp) up += lasts;
    else down += lasts;
  }
  return {up, down};
}

test.run();
