// The warm-up that is cut off: nothing where there is none, all of it where there is one.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../../src/engine/random.ts';
import {mser5} from '../../../src/experiment/statistics/mser5.ts';
import {mean} from '../../support/statistics.ts';
import {autoregressive, meanWait, queueWaits} from './processes.ts';

const steady = {memory: 0.5, mean: 10, start: 10, count: 400};

test('a run that begins far from its mean loses its beginning, and with it the bias', () => {
  const random = new RandomStream('warm-up');
  const runs = Array.from({length: 200}, () => {
    return autoregressive({memory: 0.9, mean: 10, start: 100, count: 400}, random);
  });
  const cuts = runs.map(run => mser5([run]).points);
  assert.ok(mean(cuts) > 20 && mean(cuts) < 80, `${mean(cuts)} points`);
  const kept = runs.map((run, i) => mean(run.slice(cuts[i])));
  assert.ok(mean(runs.map(run => mean(run))) > 11.5);
  assert.ok(Math.abs(mean(kept) - 10) < 0.3, `${mean(kept)}`);
});

test('a run that begins as it goes on loses next to nothing', () => {
  const random = new RandomStream('steady');
  const cuts = Array.from({length: 200}, () => mser5([autoregressive(steady, random)]).points);
  assert.ok(mean(cuts) < 20, `${mean(cuts)} points`);
});

test('a queue that begins empty: the mean of what is left is nearer to the known wait', () => {
  const random = new RandomStream('queue');
  // The mean over replications shows how long the queue takes to fill.
  const runs = Array.from({length: 300}, () => queueWaits(0.8, 600, random));
  const together = runs[0].map((_, i) => mean(runs.map(run => run[i])));
  const {points, settled} = mser5([together]);
  const off = (from: number) => Math.abs(mean(together.slice(from)) - meanWait(0.8));
  assert.ok(settled && points > 20, `${points} points`);
  assert.ok(off(points) < off(0) / 2, `${off(points)} after ${off(0)}`);
});

test('all variants lose what the slowest needs', () => {
  const random = new RandomStream('slowest');
  const fast = autoregressive(steady, random);
  const slow = fast.map((value, i) => value + (i < 100 ? 50 - i / 2 : 0));
  const alone = mser5([slow]).points;
  assert.ok(alone >= 80, `${alone} points`);
  assert.is(mser5([fast, slow]).points, alone);
  assert.is(mser5([slow, fast]).points, alone);
});

test('a run that has not settled says so', () => {
  const ramp = Array.from({length: 100}, (_, i) => i);
  assert.equal(mser5([ramp]), {points: 50, settled: false});
  assert.equal(mser5([[1, 2, 3]]), {points: 0, settled: false});
  assert.equal(mser5([Array.from({length: 100}, () => 3)]), {points: 0, settled: true});
});

test.run();
