// Stopping once an interval is narrow enough costs less than 2 of the 95 in 100 that it promises.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {RandomStream} from '../../../src/engine/random.ts';
import {figureInterval} from '../../../src/experiment/statistics/figure-interval.ts';
import type {Interval} from '../../../src/experiment/statistics/interval.ts';
import type {Choice} from '../../../src/experiment/statistics/level-mean.ts';
import {nextLook, preciseEnough} from '../../../src/experiment/statistics/precision-rule.ts';
import {coverage, type Law, laws} from './coverage.ts';

const wide: Law = {mean: 10, draw: random => random.normal(10, 3)};

const rows: [string, Law, number, number][] = [
  ['normal, a fifth of its mean wide', laws.normal, 0.1, 3000],
  ['normal, a fifth of its mean wide', laws.normal, 0.05, 3000],
  ['normal, a third of its mean wide', wide, 0.2, 3000],
  ['normal, a third of its mean wide', wide, 0.1, 1500],
  ['exponential', laws.exponential, 0.3, 1000],
  ['lognormal', laws.lognormal, 0.4, 1000],
];

for (const [name, law, wanted, experiments] of rows) {
  test(`${name}: stopped at ${wanted * 100} %`, () => {
    let replications = 0;
    const interval = (random: RandomStream, choice: Choice) => {
      const stopped = sampledUntil(wanted, law, random, choice);
      replications += stopped.replications;
      return stopped.interval;
    };
    const {held} = coverage(
      {name: `precision/${name}/${wanted}`, truth: law.mean, interval},
      experiments,
    );
    assert.ok(held >= 93 && held <= 97.5, `${held} %`);
    assert.ok(replications / experiments > 10);
  });
}

test('looks are few, and none comes early', () => {
  assert.equal([0, 1, 10, 15, 23].map(nextLook), [10, 10, 15, 23, 35]);
  assert.not(preciseEnough({relative: 0.01, wanted: 0.05, replications: 5}));
  assert.ok(preciseEnough({relative: 0.05, wanted: 0.05, replications: 10}));
  assert.not(preciseEnough({relative: undefined, wanted: 0.05, replications: 10}));
});

function sampledUntil(wanted: number, law: Law, random: RandomStream, choice: Choice) {
  const values: number[] = [];
  for (let size = nextLook(0); ; size = nextLook(size)) {
    while (values.length < size) values.push(law.draw(random));
    const interval = figureInterval({kind: 'level', values}, choice);
    const relative = widerSide(interval);
    if (preciseEnough({relative, wanted, replications: size}))
      return {interval, replications: size};
  }
}

function widerSide({estimate = 0, low = -Infinity, high = Infinity}: Interval): number {
  return Math.max(high - estimate, estimate - low) / estimate;
}

test.run();
