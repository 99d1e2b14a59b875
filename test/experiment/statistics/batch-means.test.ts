// One long run: its interval holds the known mean where it is long enough, and is not given where
// it is too short to tell.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../../src/engine/random.ts';
import {batchMeans} from '../../../src/experiment/statistics/batch-means.ts';
import {autoregressive, meanWait, queueWaits} from './processes.ts';

const runs = 1000;

for (const memory of [0, 0.5, 0.8]) {
  test(`an autoregressive run with memory ${memory}`, () => {
    const random = new RandomStream(`memory/${memory}`);
    const about = {memory, mean: 10, start: 10, count: 1000};
    const {held, refused} = verdicts(10, () => autoregressive(about, random));
    assert.ok(Math.abs(held - 95) <= 2, `${held} %`);
    assert.ok(refused < 15, `${refused} % refused`);
  });
}

test('the waits of a queue at half load', () => {
  const random = new RandomStream('waits');
  const {held, refused} = verdicts(meanWait(0.5), () => queueWaits(0.5, 5000, random), 400);
  assert.ok(Math.abs(held - 95) <= 2, `${held} %`);
  assert.ok(refused < 10, `${refused} % refused`);
});

test('a run that is too short for its memory gets no bounds', () => {
  const random = new RandomStream('short');
  const about = {memory: 0.98, mean: 10, start: 10, count: 200};
  const {refused} = verdicts(10, () => autoregressive(about, random));
  assert.ok(refused > 97, `${refused} % refused`);
  const ramp = Array.from({length: 400}, (_, i) => i);
  const none = {estimate: 199.5, low: undefined, high: undefined, method: 'correlated'};
  assert.equal(batchMeans(ramp, 0.95), none);
});

/** In per cent: of the intervals given, those that hold the truth; of the runs, those without. */
function verdicts(truth: number, draw: () => number[], count = runs) {
  let [held, refused] = [0, 0];
  for (let i = 0; i < count; i++) {
    const {low, high} = batchMeans(draw(), 0.95);
    if (low === undefined || high === undefined) refused++;
    else if (low <= truth && truth <= high) held++;
  }
  return {held: (100 * held) / (count - refused), refused: (100 * refused) / count};
}

test.run();
