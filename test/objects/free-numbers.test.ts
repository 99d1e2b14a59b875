import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {FreeNumbers} from '../../src/objects/free-numbers.ts';

test('a number is given out again once it is free, the latest first', () => {
  const numbers = new FreeNumbers<number>();
  for (const number of [3, 5]) numbers.add(number);
  assert.equal([numbers.take(), numbers.take(), numbers.take()], [5, 3, undefined]);
});

test('a number that somebody keeps waits until it is let go of, and a copy of it too', () => {
  const numbers = new FreeNumbers<number>();
  numbers.keep(3);
  numbers.add(3);
  const copy = new FreeNumbers<number>();
  copy.restore(structuredClone(numbers.save()));
  for (const each of [numbers, copy]) {
    assert.is(each.take(), undefined);
    each.letGo(3);
    assert.is(each.take(), 3);
  }
});

test('a number let go of before anybody else has is free when they have', () => {
  const numbers = new FreeNumbers<number>();
  numbers.keep(3);
  numbers.letGo(3);
  assert.is(numbers.take(), undefined);
  numbers.add(3);
  assert.is(numbers.take(), 3);
});

test.run();
