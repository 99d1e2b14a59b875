import * as assert from 'node:assert/strict';
import {test} from 'uvu';
import {exp, log, pow} from '../../src/engine/math.ts';
import {RandomStream} from '../../src/engine/random.ts';

// These bits must never change: every drawn number of every run depends on them.
const golden: [string, number, string][] = [
  ['log(2)', log(2), '3fe62e42fefa39ef'],
  ['log(10)', log(10), '40026bb1bbb55516'],
  ['log(0.1)', log(0.1), 'c0026bb1bbb55515'],
  ['log(1e-310)', log(1e-310), 'c0864e69394d9508'],
  ['log(1 + 2^-52)', log(1 + 2 ** -52), '3cafffffffffffff'],
  ['exp(1)', exp(1), '4005bf0a8b14576a'],
  ['exp(-1)', exp(-1), '3fd78b56362cef38'],
  ['exp(700.5)', exp(700.5), '7f18625c7d4f56c2'],
  ['exp(-740)', exp(-740), '0000000000000055'],
  ['pow(2, 0.5)', pow(2, 0.5), '3ff6a09e667f3bcc'],
  ['pow(0.3, 1 / 0.48)', pow(0.3, 1 / 0.48), '3fb4d72e8119a009'],
  ['pow(1.1, 10)', pow(1.1, 10), '4004bffc0c03023d'],
];

for (const [name, value, bits] of golden) {
  test(`${name} has the bits it always had`, () => assert.equal(bitsOf(value), bits));
}

test('log and exp are within one unit in the last place of what this engine computes', () => {
  const stream = new RandomStream('math');
  for (let i = 0; i < 200_000; i++) {
    const x = 2 ** stream.uniform(-1000, 1000);
    const y = stream.uniform(-700, 700);
    assert.ok(distance(log(x), Math.log(x)) <= 1, `log(${x})`);
    assert.ok(distance(exp(y), Math.exp(y)) <= 1, `exp(${y})`);
  }
});

test('pow is right to some units in the last place, as many as its exponent is long', () => {
  const stream = new RandomStream('pow');
  for (let i = 0; i < 100_000; i++) {
    const x = stream.uniform(0, 100);
    const y = stream.uniform(-5, 5);
    const error = Math.abs(pow(x, y) / x ** y - 1);
    assert.ok(error < 2 ** -51 * (1 + Math.abs(y * Math.log(x))), `pow(${x}, ${y})`);
  }
});

test('the edges are what IEEE 754 says', () => {
  assert.equal(log(0), -Infinity);
  assert.equal(log(1), 0);
  assert.ok(Number.isNaN(log(-1)));
  assert.equal(log(Infinity), Infinity);
  assert.equal(exp(0), 1);
  assert.equal(exp(1000), Infinity);
  assert.equal(exp(-1000), 0);
  assert.ok(Number.isNaN(exp(Number.NaN)));
  assert.equal(pow(0, 0.5), 0);
  assert.equal(pow(5, 0), 1);
});

test('whole powers that a double holds are exact', () => {
  assert.equal(pow(3, 33), 5559060566555523);
  assert.equal(pow(2, -1022), 2 ** -1022);
  assert.equal(pow(-2, 3), -8);
});

function bitsOf(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

/** In steps from one double to the next. */
function distance(one: number, other: number): number {
  const difference = BigInt(`0x${bitsOf(Math.abs(one))}`) - BigInt(`0x${bitsOf(Math.abs(other))}`);
  return Math.abs(Number(difference));
}

test.run();
