// compare.csv: what other programs read.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {compareObservations} from '../../src/experiment/compare-observations.ts';
import {comparisonTable} from '../../src/report/comparison-csv.ts';
import {csv} from '../../src/report/csv.ts';
import {designOf, observationsOf} from '../support/observations.ts';

const runs = [
  {'time_to_first_ready:default/web': [11, 12, 13, 14]},
  {'time_to_first_ready:default/web': [21, 23, 25, undefined]},
];

test('each figure has a row a variant, and what is not known is empty', () => {
  const comparison = compareObservations(designOf(['a', 'b,c']), observationsOf(runs));
  const [head, one, other, ...more] = [...csv(comparisonTable(comparison))].join('').split('\n');
  assert.is(
    head,
    'variant,metric,object,mean,low,high,n,difference,difference_low,difference_high,p,method,unit,adjusted_p,variance_ratio',
  );
  // The standard error is 0.6455, Student's t of 3 degrees of freedom 3.1824.
  assert.is(
    one,
    'profile=a,time_to_first_ready,default/web,12.500000,10.445740,14.554260,4,,,,,student-t,time_to_first_ready,,',
  );
  // Three pairs that differ by 10, 11 and 12; t of 2 degrees of freedom is 4.3027.
  assert.is(
    other,
    '"profile=b,c",time_to_first_ready,default/web,23.000000,18.031725,27.968275,3,11.000000,8.515862,13.484138,0.00274349,student-t; paired-t,time_to_first_ready,0.00274349,0.200000',
  );
  assert.equal(more, ['']);
});

test.run();
