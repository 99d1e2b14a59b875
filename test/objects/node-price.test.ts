import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {pricedByLabels, priceOf, withPrice} from '../../src/objects/node-price.ts';
import {node} from '../metrics/fake-world.ts';

const prices = [
  {
    labels: new Map([
      ['type', 'large'],
      ['zone', 'a'],
    ]),
    price: 0.2,
  },
  {labels: new Map([['type', 'large']]), price: 0.1},
];

test('a node costs what the first entry says whose labels it all has', () => {
  const cases: [Record<string, string>, number][] = [
    [{type: 'large', zone: 'a'}, 200_000],
    [{type: 'large', zone: 'b'}, 100_000],
    [{type: 'small', zone: 'a'}, 0],
  ];
  for (const [labels, expected] of cases) {
    const of = node('n', new Map(Object.entries(labels)));
    assert.is(priceOf(pricedByLabels(of, prices)), expected);
  }
});

test('a price of its own comes first', () => {
  const large = node('n', new Map([['type', 'large']]));
  const own = {...large, annotations: withPrice(large.annotations, 7)};
  assert.is(priceOf(pricedByLabels(own, prices)), 7_000_000);
});

test('an annotation that is no price costs nothing', () => {
  for (const text of ['', ' ', 'cheap', '-1', '1e9', 'NaN']) {
    assert.is(priceOf({annotations: new Map([['orrery/price', text]])}), 0, text);
  }
});

test.run();
