// One text for equal values and for no others.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {distinctText} from '../../../src/scheduler/cache/distinct-text.ts';

test('maps in any order, and fields that are undefined, make no difference', () => {
  const one = new Map([
    ['cpu', 1],
    ['memory', 2],
  ]);
  const other = new Map([
    ['memory', 2],
    ['cpu', 1],
  ]);
  assert.is(distinctText({requests: one}), distinctText({requests: other, gpu: undefined}));
});

const different: readonly unknown[] = [
  ...[1, '1', true, 'true', null, [], {}, '', [1], ['1'], [[1]], [1, 2], [[1], 2], '1,2'],
  ...[{a: 1}, {a: '1'}, {a: 1, b: 1}, {a: {b: 1}}, {'a=1;b': 1}, 'a=1;', new Map([['a', 1]])],
  ...[new Map(), ['a', 'b'], ['a,1:b'], ['a', '', 'b'], {a: ';b=1'}, {a: '', b: 1}],
];

test('different values have different texts', () => {
  assert.is(new Set(different.map(distinctText)).size, different.length);
});

test.run();
