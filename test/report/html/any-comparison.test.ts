// Whatever a comparison lacks, its page says nothing that is no number.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {ComparisonRow} from '../../../src/experiment/comparison.ts';
import {comparisonPage} from '../../../src/report/html/comparison-page.ts';
import {fc, runs} from '../../support/fast-check.ts';
import {madeUpComparison} from '../../support/made-up-comparison.ts';

const value = fc.option(
  fc.oneof(fc.constantFrom(0, 1, -1, 1e-9, 1e12), fc.double({min: -1e6, max: 1e6, noNaN: true})),
  {nil: undefined},
);
const chance = fc.option(fc.double({min: 0, max: 1, noNaN: true}), {nil: undefined});
const change = fc.record<Partial<ComparisonRow>>({
  ...{mean: value, low: value, high: value},
  ...{difference: value, differenceLow: value, differenceHigh: value},
  ...{p: chance, adjustedP: chance, varianceRatio: chance},
  unit: fc.constantFrom('s', 'share', 'pods'),
});

test('no page holds what is no number', () => {
  const sizes = {
    variants: fc.integer({min: 1, max: 10}),
    replications: fc.integer({min: 0, max: 4}),
  };
  fc.assert(
    fc.property(fc.record(sizes), fc.array(change, {minLength: 1}), (size, changes) => {
      const names = Array.from({length: size.variants}, (_, i) => `count=${i}`);
      const made = madeUpComparison({names, replications: size.replications});
      const rows = made.comparison.rows.map((row, i) => ({...row, ...changes[i % changes.length]}));
      const html = comparisonPage({...made, comparison: {...made.comparison, rows}});
      const said = html.replace(/<(script|style)[\s\S]*?<\/\1>/g, '');
      assert.not.match(said, /.{0,30}(NaN|undefined|Infinity|null|\[object).{0,30}/);
    }),
    {numRuns: runs(60)},
  );
});

test('a comparison without any figure is a page, too', () => {
  const {comparison, ...rest} = madeUpComparison({charts: 0});
  const html = comparisonPage({...rest, comparison: {...comparison, rows: []}});
  assert.match(html, 'No run gave the primary figure');
});

test.run();
