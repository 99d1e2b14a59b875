import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {placeOn, scaleAround, scaleOf} from '../../../src/report/html/scale.ts';
import {fc} from '../../support/fast-check.ts';

test('ticks are round numbers', () => {
  assert.equal(scaleOf([0, 1]).ticks, [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.equal(scaleOf([598, 940]).ticks, [600, 700, 800, 900]);
  assert.equal(scaleOf([-0.2, 0.1]).ticks, [-0.2, -0.1, 0, 0.1]);
});

test('a lone value stands in the middle', () => {
  assert.is(placeOn(scaleOf([5]), 5), 500);
  assert.is(placeOn(scaleOf([0]), 0), 500);
});

test('one bound far away is cut off, and bounds that are all far are not', () => {
  const cut = scaleAround([98, 98.2, 100], [97.9, 98.1, 98, 98.4, 63, 100]);
  assert.ok(cut.low > 94 && cut.high < 104, `${cut.low} to ${cut.high}`);
  assert.is(placeOn(cut, 63), 0);
  const wide = scaleAround([1, 1.1], [-5, 7, -5, 7]);
  assert.ok(wide.low < -5 && wide.high > 7, `${wide.low} to ${wide.high}`);
});

test('whatever the values, all lie on the axis in their order, with a few ticks', () => {
  const value = fc.double({min: -1e12, max: 1e12, noNaN: true});
  fc.assert(
    fc.property(fc.array(value, {minLength: 1, maxLength: 20}), values => {
      const scale = scaleOf(values);
      const places = [...values].sort((a, b) => a - b).map(each => placeOn(scale, each));
      assert.equal(
        places,
        [...places].sort((a, b) => a - b),
      );
      assert.ok(places.every(place => place >= 0 && place <= 1000));
      assert.ok(scale.ticks.length <= 8, `${scale.ticks}`);
    }),
  );
});

test.run();
