// In which unit a figure is told, and with how many decimals.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {measured, measureOf, signed} from '../../../src/report/html/measure.ts';

const alone = (mean: number) => ({mean, low: undefined, high: undefined});

for (const [unit, mean, text] of [
  ['s', 0.00083, '830 µs'],
  ['s', 0.0123, '12.3 ms'],
  ['s', 4.56, '4.56 s'],
  ['s', 1230, '20.5 min'],
  ['s', 90_000, '25 h'],
  ['share', 0.1234, '12.3 %'],
  ['pods', 1234, '1,234 pods'],
  ['pods', 0, '0 pods'],
  ['pods', 1234.5678, '1,235 pods'],
] as const) {
  test(`${mean} ${unit} is told as ${text}`, () => {
    const measure = measureOf(unit, [alone(mean)]);
    const digits = measured(mean, {...measure, decimals: Math.min(2, measure.decimals)});
    const short = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
    assert.is(`${short} ${measure.unit}`, text);
  });
}

test('an interval decides how many digits mean something', () => {
  const wide = measureOf('pods', [{mean: 512.345678, low: 498.7, high: 526}]);
  assert.is(measured(512.345678, wide), '512');
  const narrow = measureOf('pods', [{mean: 512.345678, low: 512.33, high: 512.36}]);
  assert.is(measured(512.345678, narrow), '512.346');
});

test('all variants of a figure share unit and decimals', () => {
  const measure = measureOf('s', [alone(0.2), {mean: 4000, low: 3990, high: 4010}]);
  assert.is(measure.unit, 'min');
  assert.is(measured(0.2, measure), '0.00');
});

test('differences carry their sign, and a difference of shares is in points', () => {
  const measure = measureOf('share', [{mean: 0.5, low: 0.4, high: 0.6}]);
  assert.is(measure.differenceUnit, 'points');
  assert.is(signed(0.031, measure), '+3.1');
  assert.is(signed(-0.031, measure), '−3.1');
  assert.is(signed(-0.0001, measure), '0.0');
});

test('what is not known is a dash, never a zero', () => {
  assert.is(measured(undefined, measureOf('s', [])), '–');
});

test.run();
