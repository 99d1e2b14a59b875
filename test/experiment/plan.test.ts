// Which runs a plan has, who plays them, and what sets two plans apart.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {differenceOf, runsOf} from '../../src/experiment/plan.ts';
import {madeUpPlan} from './made-up-plan.ts';

test('shards have every run once, and each its part of every variant', () => {
  const plan = madeUpPlan({replications: 9});
  const shards = [1, 2, 3].map(number => runsOf(plan, {replications: 9, shard: {number, of: 3}}));
  assert.is(new Set(shards.flat().map(run => JSON.stringify(run))).size, 18);
  for (const runs of shards) {
    assert.is(runs.length, 6);
    for (const variant of [0, 1]) {
      assert.is(runs.filter(run => run.variant === variant).length, 3);
    }
  }
});

test('plans that are alike have no difference', () => {
  assert.is(differenceOf(madeUpPlan(), madeUpPlan()), undefined);
});

test('the difference of two plans is told in words of the user', () => {
  const [first, second] = madeUpPlan().variants;
  const other = (some: object) => differenceOf(madeUpPlan(), madeUpPlan(some));
  assert.is(other({orrery: '9'}), 'the version of Orrery ("0.1.0", now "9")');
  assert.is(other({replications: 4}), 'the number of replications (3, now 4)');
  assert.is(
    other({variants: [first]}),
    'the variants (profile=default; profile=bin-packing, now profile=default)',
  );
  assert.is(
    other({variants: [first, {...second, hash: 'other'}]}),
    "what the scenario's files, plugins or --set say, of profile=bin-packing",
  );
});

test.run();
