// Which run is played next by whom.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {RunOfPlan} from '../../src/experiment/plan.ts';
import {RunQueue} from '../../src/experiment/run-queue.ts';

const runs = [0, 1, 2].flatMap(variant =>
  [0, 1, 2, 3].map(replication => ({variant, replication})),
);

/** Workers in turn, until there is nothing left: which variants each of them played. */
function played(workers: number): number[][] {
  const queue = new RunQueue(runs);
  const last: (RunOfPlan | undefined)[] = Array.from({length: workers}, () => undefined);
  const variants: number[][] = last.map(() => []);
  for (let turn = 0; turn < runs.length; turn++) {
    const worker = turn % workers;
    const run = queue.next(last[worker]);
    if (run === undefined) throw new Error('nothing is left too early');
    last[worker] = run;
    variants[worker].push(run.variant);
  }
  assert.is(queue.next(last[0]), undefined);
  return variants;
}

test('one worker plays variant by variant', () => {
  assert.equal(played(1), [[0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]]);
});

test('two workers share no variant until there is but one', () => {
  assert.equal(played(2), [
    [0, 0, 0, 0, 2, 2],
    [1, 1, 1, 1, 2, 2],
  ]);
});

test('with more workers than variants all are busy', () => {
  assert.equal(
    played(5).map(({length}) => length),
    [3, 3, 2, 2, 2],
  );
});

test.run();
