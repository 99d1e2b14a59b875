// Which variants there are, in which order, under which names.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {settingsOf, variantsOf} from '../../src/experiment/variant.ts';

const profile = {path: 'scheduler.profile', values: ['default', 'bin-packing']};
const count = {path: 'cluster.nodes[0].count', values: ['80', '100']};

test('variants are all combinations in the order written, the last path changing fastest', () => {
  const variants = variantsOf([profile, count]);
  assert.equal(
    variants.map(({index, name}) => `${index} ${name}`),
    [
      '0 profile=default,count=80',
      '1 profile=default,count=100',
      '2 profile=bin-packing,count=80',
      '3 profile=bin-packing,count=100',
    ],
  );
  assert.equal(settingsOf(variants[3]), [
    'scheduler.profile=bin-packing',
    'cluster.nodes[0].count=100',
  ]);
});

test('a name has as much of its path as no other path ends with', () => {
  const other = {path: 'cluster.nodes[1].count', values: ['5']};
  assert.equal(
    variantsOf([{...count, values: ['1']}, other]).map(({name}) => name),
    ['nodes[0].count=1,nodes[1].count=5'],
  );
});

test('a value that is there twice makes two variants with names of their own', () => {
  const twice = {...profile, values: ['default', 'default', 'default']};
  assert.equal(
    variantsOf([twice]).map(({name}) => name),
    ['profile=default', 'profile=default (2)', 'profile=default (3)'],
  );
});

test('without anything varied there is the scenario as it is written', () => {
  assert.equal(variantsOf([]), [{index: 0, name: 'as written', settings: []}]);
});

test.run();
