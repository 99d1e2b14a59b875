// Shards put together: whole, or all that is wrong with them.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {merge, type ShardJournal} from '../../src/experiment/merge.ts';
import {runsOf} from '../../src/experiment/plan.ts';
import {madeUpObservation, madeUpPlan} from './made-up-plan.ts';

const plan = madeUpPlan({replications: 3});
const of = 3;

function shard(number: number, folder = `s${number}`): ShardJournal {
  const part = {number, of};
  const runs = runsOf(plan, {replications: 3, shard: part});
  const observations = runs.map(run => madeUpObservation(run.variant, run.replication));
  return {head: {plan, shard: part}, observations, folder};
}

test('in any order they give all runs in the order of the plan', () => {
  const merged = merge([shard(3), shard(1), shard(2)]);
  assert.ok('observations' in merged);
  assert.equal(
    merged.observations.map(({fingerprint}) => fingerprint),
    ['00', '01', '02', '10', '11', '12'],
  );
});

test('runs that are doubled and runs that are missing are named', () => {
  const merged = merge([shard(1), shard(2), shard(2, 'copy')]);
  assert.equal('mistakes' in merged && merged.mistakes, [
    'both s2 and copy have the same 2 runs',
    '2 runs of 6 missing: profile=default, replication 1; profile=bin-packing, replication 2',
  ]);
});

test('a shard of another comparison is named, with what differs', () => {
  const other = {...shard(2), head: {plan: madeUpPlan({replications: 3, seed: 7})}};
  const merged = merge([shard(1), other, shard(3)]);
  assert.equal('mistakes' in merged && merged.mistakes, [
    's2: of another comparison than s1; what differs is the seed (1, now 7)',
  ]);
});

test.run();
