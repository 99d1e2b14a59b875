import * as assert from 'node:assert/strict';
import {test} from 'uvu';
import * as time from '../../src/engine/time.ts';

test('a real number of hours becomes a whole number of microseconds, rounded once', () => {
  assert.equal(time.hours(816.6), 2_939_760_000_000);
  assert.equal(time.seconds(0.1 + 0.2), 300_000);
  assert.equal(time.milliseconds(0.0015), 2);
  assert.equal(time.toTime(2.5), 3);
  assert.equal(time.days(30), 30 * time.day);
});

test('seconds are written with six decimals and no error of a double', () => {
  const rows: [number | bigint, string][] = [
    [0, '0.000000'],
    [1, '0.000001'],
    [1_000_000, '1.000000'],
    [-1_500_000, '-1.500000'],
    [-7, '-0.000007'],
    [Number.MAX_SAFE_INTEGER, '9007199254.740991'],
    [388_800_000_000_000_001n, '388800000000.000001'],
  ];
  for (const [value, text] of rows) assert.equal(time.formatSeconds(value), text);
});

test('durations are written for people', () => {
  const rows: [number, string][] = [
    [0, '0s'],
    [300, '300us'],
    [1500, '1.5ms'],
    [1_500_000, '1.5s'],
    [125 * time.minute, '2h 5m'],
    [2 * time.day + 3 * time.second, '2d 3s'],
    [-time.minute, '-1m'],
  ];
  for (const [value, text] of rows) assert.equal(time.formatDuration(value), text);
});

test.run();
