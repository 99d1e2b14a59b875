// Kubernetes quantities: the table follows apimachinery's pkg/api/resource/quantity_test.go in
// spirit.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {readQuantity} from '../../src/options/quantity.ts';
import {fc} from '../support/fast-check.ts';

test('quantities are exact, and rounded up to whole units', () => {
  const cases: [string | number, number][] = [
    ['0', 0],
    ['-0', 0],
    ['0.5', 1],
    ['1', 1],
    ['+1', 1],
    ['-1', -1],
    ['.5k', 500],
    ['5.', 5],
    ['100m', 1],
    ['1n', 1],
    ['1000000000n', 1],
    ['1u', 1],
    ['1.5Gi', 1_610_612_736],
    ['1.1Gi', 1_181_116_007],
    ['2e3', 2000],
    ['1E3', 1000],
    ['1e+3', 1000],
    ['1e-3', 1],
    ['1.5e1', 15],
    ['12E', 12e18],
    ['8Ei', 2 ** 63],
    ['1Ki', 1024],
    ['1k', 1000],
    ['1M', 1e6],
    ['3T', 3e12],
    ['1P', 1e15],
    ['1Pi', 2 ** 50],
    [4, 4],
    [0.1, 1],
    [1.5e9, 1_500_000_000],
  ];
  for (const [text, amount] of cases) assert.is(readQuantity(text, 'one'), amount, String(text));
});

test('cpu is counted in millicores without drift', () => {
  const cases: [string | number, number][] = [
    ['0.1', 100],
    [0.1, 100],
    ['0.3', 300],
    ['1.1', 1100],
    ['100m', 100],
    ['0.5m', 1],
    ['2', 2000],
    [2, 2000],
    ['1k', 1_000_000],
    ['1500u', 2],
    ['0.0001', 1],
    ['1e-400', 1],
  ];
  for (const [text, amount] of cases) assert.is(readQuantity(text, 'milli'), amount, String(text));
});

test('what is no quantity is refused, with the suffix that was meant', () => {
  const wrong = [
    '',
    '.',
    'Ki',
    '1K',
    '1 Gi',
    '1gb',
    '1e',
    'e3',
    '1e3m',
    '1mi',
    '1.2.3',
    '--1',
    'ten',
  ];
  for (const text of wrong) {
    const message = readQuantity(text, 'one');
    assert.match(String(message), `expected a quantity such as 500m, 1.5Gi or 2, got "${text}"`);
  }
  assert.match(String(readQuantity('1gb', 'one')), 'did you mean 1Gi or 1G?');
  assert.match(String(readQuantity('16K', 'one')), 'did you mean 16Ki or 16k?');
});

test('a quantity that no double holds exactly is refused, and quickly', () => {
  for (const text of ['9007199254740993', '1e30', '1e999999999', '123456789123456789']) {
    assert.match(String(readQuantity(text, 'one')), 'that a double holds exactly', text);
  }
  assert.is(readQuantity('9007199254740992', 'one'), 2 ** 53);
});

test('a quantity and the same with another suffix are equal', () => {
  const count = fc.integer({min: 0, max: 2 ** 31});
  fc.assert(
    fc.property(count, n => {
      assert.is(readQuantity(`${n}Ki`, 'one'), n * 1024);
      assert.is(readQuantity(`${n}e3`, 'one'), readQuantity(`${n}k`, 'one'));
      assert.is(readQuantity(`${n}m`, 'milli'), n);
      assert.is(readQuantity(`${n * 1000}u`, 'milli'), n);
    }),
  );
});

test('any text gives a number or a sentence', () => {
  const kind = fc.oneof(fc.string(), fc.stringMatching(/^[-+0-9.eEinumkKMGTP]{0,12}$/));
  fc.assert(fc.property(kind, text => /number|string/.test(typeof readQuantity(text, 'milli'))));
});

test.run();
