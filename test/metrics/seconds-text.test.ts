import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {endOfTime, formatSeconds} from '../../src/engine/time.ts';
import {secondsText} from '../../src/metrics/seconds-text.ts';
import {fc, runs} from '../support/fast-check.ts';

test('the fast text of a time is the text that the engine gives', () => {
  fc.assert(
    fc.property(fc.integer({min: 0, max: endOfTime}), time => {
      assert.is(secondsText(time), formatSeconds(time));
    }),
    {numRuns: runs(2000)},
  );
  for (const time of [0, 1, 999_999, 1_000_000, 1_000_001, endOfTime]) {
    assert.is(secondsText(time), formatSeconds(time));
  }
});

test.run();
