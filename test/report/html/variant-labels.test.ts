import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {variantsOf} from '../../../src/experiment/variant.ts';
import {variantLabels} from '../../../src/report/html/variant-labels.ts';

test('a heading says what is set, and a label to what', () => {
  const variants = variantsOf([
    {path: 'scheduler.profile', values: ['default', 'a=b,c']},
    {path: 'cluster.nodes[0].count', values: ['80']},
  ]);
  const labels = variantLabels(variants);
  assert.is(labels.heading, 'profile · count');
  assert.equal(labels.of, ['default · 80', 'a=b,c · 80']);
});

test('a scenario as it was written keeps its name', () => {
  assert.equal(variantLabels(variantsOf([])), {heading: 'variant', of: ['as written']});
});

test('labels that would be the same are whole names', () => {
  const settings = [
    [
      {path: 'a', value: 'x · y'},
      {path: 'b', value: 'z'},
    ],
    [
      {path: 'a', value: 'x'},
      {path: 'b', value: 'y · z'},
    ],
  ];
  const names = ['a=x · y,b=z', 'a=x,b=y · z'];
  const variants = names.map((name, index) => ({index, name, settings: settings[index]}));
  assert.equal(variantLabels(variants).of, names);
});

test.run();
