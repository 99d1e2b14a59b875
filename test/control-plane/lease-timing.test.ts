// The looks of a candidate against renewal theory: gaps of 2 s · U[1, 2.2).

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {lastRenewal, nextLook, nextTry, untilLook} from '../../src/control-plane/lease-timing.ts';
import {RandomStream} from '../../src/engine/random.ts';
import {inSeconds, minutes, seconds} from '../../src/engine/time.ts';
import {kolmogorovLimit, kolmogorovSmirnov} from '../support/statistics.ts';

/** Of what is left of a gap at any moment: the integral of the gap's survival over its mean. */
function residual(x: number): number {
  if (x <= 2) return x / 3.2;
  return (2 + (4.4 * x - (x * x) / 2 - 6.8) / 2.4) / 3.2;
}

const count = 20_000;

test('the next look from any moment is as far as what is left of a gap', () => {
  const stream = new RandomStream('looks');
  const sample = Array.from({length: count}, () => inSeconds(untilLook(stream)));
  assert.ok(kolmogorovSmirnov(sample, residual) < kolmogorovLimit);
});

test('looks that are counted from the first forget it within a minute', () => {
  const stream = new RandomStream('walks');
  const walk = () => inSeconds(nextLook(stream, 0, minutes(1)) - minutes(1));
  const sample = Array.from({length: count}, walk);
  assert.ok(kolmogorovSmirnov(sample, residual) < kolmogorovLimit);
});

test('the first look is itself the next one from its own time', () => {
  assert.is(nextLook(new RandomStream('x'), seconds(5), seconds(5)), seconds(5));
});

test('a leader renews, and tries, every two seconds', () => {
  assert.is(lastRenewal(seconds(1), seconds(8)), seconds(7));
  assert.is(lastRenewal(seconds(1), seconds(9)), seconds(9));
  assert.is(nextTry(seconds(1), seconds(8)), seconds(9));
  assert.is(nextTry(seconds(1), seconds(9)), seconds(9));
});

test.run();
