// In which unit a figure is told, and with how many decimals.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {measured, measureOf, signed, within} from '../../../src/report/html/measure.ts';

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
    const measure = measureOf(unit, [mean]);
    const digits = measured(mean, {...measure, decimals: Math.min(2, measure.decimals)});
    const short = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
    assert.is(`${short} ${measure.unit}`, text);
  });
}

test('an interval decides how many digits mean something', () => {
  const measure = measureOf('pods', [512.345678]);
  assert.is(measured(512.345678, within(measure, 498.7, 526)), '512');
  assert.is(measured(512.345678, within(measure, 512.33, 512.36)), '512.346');
});

test('all variants of a figure share a unit, and each has digits of its own', () => {
  const measure = measureOf('s', [0.00592633, 4.007]);
  assert.is(measure.unit, 's');
  assert.is(measured(0.00592633, within(measure, 0.0059258, 0.0059269)), '0.00592633');
  assert.is(measured(4.007, within(measure, 2.4, 5.6)), '4.0');
});

test('differences carry their sign, and a difference of shares is in points', () => {
  const measure = within(measureOf('share', [0.5]), 0.4, 0.6);
  assert.is(measure.differenceUnit, 'points');
  assert.is(signed(0.031, measure), '+3');
  assert.is(signed(-0.031, measure), '−3');
  assert.is(signed(-0.0001, measure), '0');
});

test('what is not known is a dash, never a zero', () => {
  assert.is(measured(undefined, measureOf('s', [])), '–');
});

test.run();
