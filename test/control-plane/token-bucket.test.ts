// Against golang.org/x/time/rate as client-go uses it, written out naively with exact fractions.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {TokenBucket} from '../../src/control-plane/token-bucket.ts';
import {RandomStream} from '../../src/engine/random.ts';
import {seconds} from '../../src/engine/time.ts';
import {forEachSeed} from '../support/for-each-seed.ts';

// Level and time in units of 1/(10^6 qps) of a token, so that nothing is ever rounded but the
// answer.
class NaiveBucket {
  #level: bigint;
  #last = 0n;
  readonly #qps: bigint;
  readonly #full: bigint;

  constructor(qps: number, burst: number) {
    this.#qps = BigInt(qps);
    this.#full = BigInt(burst) * 1_000_000n;
    this.#level = this.#full;
  }

  reserve(now: number): number {
    const level = this.#level + (BigInt(now) - this.#last) * this.#qps;
    this.#last = BigInt(now);
    this.#level = (level < this.#full ? level : this.#full) - 1_000_000n;
    if (this.#level >= 0n) return now;
    return now + Number((-this.#level + this.#qps - 1n) / this.#qps);
  }
}

test('a bucket gives each request the time that a naive model gives it, over seeds', () => {
  forEachSeed(200, seed => {
    const random = new RandomStream(`bucket ${seed}`);
    const qps = random.integer(1, 70);
    const burst = random.integer(1, 30);
    const bucket = new TokenBucket({qps, burst});
    const naive = new NaiveBucket(qps, burst);
    let now = 0;
    for (let i = 0; i < 500; i++) {
      now += random.uniform() < 0.5 ? 0 : Math.floor(random.exponential(1.5e6 / qps));
      assert.is(bucket.reserve(now), naive.reserve(now), `request ${i} at ${now}`);
    }
  });
});

test('after a rest a burst goes at once and the rest one every 1/qps seconds', () => {
  const bucket = new TokenBucket({qps: 50, burst: 100});
  const times = Array.from({length: 103}, () => bucket.reserve(seconds(7)));
  assert.equal(times.slice(0, 100), new Array(100).fill(seconds(7)));
  assert.equal(
    times.slice(100).map(time => time - seconds(7)),
    [20_000, 40_000, 60_000],
  );
});

test('without a limit every request leaves at once', () => {
  const bucket = new TokenBucket({qps: undefined, burst: 1});
  assert.equal([bucket.reserve(5), bucket.reserve(5), bucket.reserve(6)], [5, 5, 6]);
});

test('a restored bucket goes on as the saved one does', () => {
  const bucket = new TokenBucket({qps: 3, burst: 2});
  for (let i = 0; i < 5; i++) bucket.reserve(10);
  const other = new TokenBucket({qps: 3, burst: 2});
  other.restore(bucket.save());
  assert.is(other.reserve(11), bucket.reserve(11));
});

test.run();
