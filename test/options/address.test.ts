// Addresses as Go's netip reads them.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {
  addressText,
  inRange,
  parseAddress,
  parseRange,
  rangesOverlap,
  rangeText,
} from '../../src/options/address.ts';

test('addresses are numbers and come back as they were written', () => {
  for (const text of ['0.0.0.0', '10.0.0.1', '192.168.255.254', '255.255.255.255']) {
    assert.is(addressText(parseAddress(text) ?? -1), text);
  }
  assert.is(parseAddress('10.0.0.1'), 167_772_161);
  for (const text of ['', '10.0.0', '10.0.0.256', '10.0.0.01', '10.0.0.1.2', 'a.b.c.d', '::1']) {
    assert.is(parseAddress(text), undefined);
  }
});

test('ranges begin at their network and hold their addresses', () => {
  const range = parseRange('10.96.7.3/16');
  if (range === undefined) throw new Error('not read');
  assert.is(rangeText(range), '10.96.0.0/16');
  const holds = (text: string) => inRange(range, parseAddress(text) ?? -1);
  assert.equal(['10.96.0.0', '10.96.255.255', '10.97.0.0', '10.95.255.255'].map(holds), [
    true,
    true,
    false,
    false,
  ]);
  for (const text of ['10.0.0.0', '10.0.0.0/33', '10.0.0/8', '10.0.0.0/8/8', '10.0.0.0/']) {
    assert.is(parseRange(text), undefined);
  }
});

test('ranges overlap when one holds the other', () => {
  const overlap = (one: string, other: string) => {
    const [a, b] = [parseRange(one), parseRange(other)];
    return a !== undefined && b !== undefined && rangesOverlap(a, b);
  };
  assert.is(overlap('10.0.0.0/8', '10.96.0.0/12'), true);
  assert.is(overlap('10.96.0.0/12', '10.0.0.0/8'), true);
  assert.is(overlap('10.96.0.0/12', '10.112.0.0/12'), false);
});

test.run();
