import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {readableCount, readableSeconds, readableShare} from '../../src/report/readable.ts';

for (const [seconds, text] of [
  [0, '0s'],
  [0.00083, '830us'],
  [0.0009999, '1ms'],
  [0.0123456, '12.3ms'],
  [0.99999, '1s'],
  [4.5678, '4.57s'],
  [59.99, '1m'],
  [125, '2m 5s'],
  [3599.7, '1h'],
  [11_520, '3h 12m'],
  [86_399, '1d'],
  [187_200, '2d 4h'],
] as const) {
  test(`${seconds} seconds read ${text}`, () => assert.is(readableSeconds(seconds), text));
}

for (const [share, text] of [
  [0, '0 %'],
  [0.0001, '< 0.1 %'],
  [0.123456, '12.3 %'],
  [0.99999, '> 99.9 %'],
  [1, '100 %'],
] as const) {
  test(`a share of ${share} reads ${text}`, () => assert.is(readableShare(share), text));
}

for (const [count, text] of [
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1234567, '1,234,567'],
] as const) {
  test(`${count} reads ${text}`, () => assert.is(readableCount(count), text));
}

test.run();
