import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {jsonBytes} from '../../src/objects/json-bytes.ts';

const values = [
  ...[0, -1.5, 1e21, true, false, null, '', 'plain', 'a "quoted" \\ text', 'line\nbreak\ttab\r'],
  ...['\u0001\b\f', 'Grüße', '漢字', '😀', [], {}, [1, 2, [3]], {a: 1, b: {c: [null, 'x']}}],
  ...[{a: undefined, b: 1}, {'k"ey': 'ü'}],
];

test('it is as many bytes as JSON.stringify writes', () => {
  for (const value of values) {
    const written = new TextEncoder().encode(JSON.stringify(value)).length;
    assert.is(jsonBytes(value), written, JSON.stringify(value));
  }
});

test('maps and sets are the objects and lists that they stand for', () => {
  assert.is(jsonBytes(new Map([['a', new Set([1, 22])]])), jsonBytes({a: [1, 22]}));
});

test.run();
