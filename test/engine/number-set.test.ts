import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {NumberSet} from '../../src/engine/number-set.ts';
import {fc} from '../support/fast-check.ts';

const changes = fc.array(fc.record({number: fc.nat(300), comes: fc.boolean()}));

function after(steps: readonly {number: number; comes: boolean}[]) {
  const bits = new NumberSet();
  const plain = new Set<number>();
  for (const {number, comes} of steps) {
    if (comes) {
      bits.add(number);
      plain.add(number);
    } else {
      bits.delete(number);
      plain.delete(number);
    }
  }
  return {bits, plain};
}

test('it holds what was added and not deleted, from the least on', () => {
  fc.assert(
    fc.property(changes, steps => {
      const {bits, plain} = after(steps);
      assert.equal(
        [...bits],
        [...plain].sort((one, other) => one - other),
      );
    }),
  );
});

test('one that was saved goes on as the first would have', () => {
  fc.assert(
    fc.property(changes, changes, (before, later) => {
      const whole = after([...before, ...later]).bits;
      const parted = new NumberSet();
      parted.restore(after(before).bits.save());
      for (const {number, comes} of later) comes ? parted.add(number) : parted.delete(number);
      assert.equal([...parted], [...whole]);
    }),
  );
});

test('whoever goes through it may take out what it has come to', () => {
  const {bits} = after([3, 31, 32, 64].map(number => ({number, comes: true})));
  const seen: number[] = [];
  for (const number of bits) {
    seen.push(number);
    bits.delete(number);
  }
  assert.equal(seen, [3, 31, 32, 64]);
  assert.equal([...bits], []);
});

test.run();
