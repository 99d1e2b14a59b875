// compare.csv: what other programs read.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {compareObservations} from '../../src/experiment/compare-observations.ts';
import {comparisonTable} from '../../src/report/comparison-csv.ts';
import {csv} from '../../src/report/csv.ts';
import {designOf, observationsOf} from '../support/observations.ts';

const runs = [
  {'time_to_first_ready:default/web': [1, 2, 3]},
  {'time_to_first_ready:default/web': [2, 4, undefined]},
];

test('each figure has a row a variant, and what is not known is empty', () => {
  const comparison = compareObservations(designOf(['a', 'b,c']), observationsOf(runs));
  const [head, one, other, ...more] = [...csv(comparisonTable(comparison))].join('').split('\n');
  assert.is(
    head,
    'variant,metric,object,mean,low,high,n,difference,difference_low,difference_high,p,method,unit,adjusted_p,variance_ratio',
  );
  assert.is(
    one,
    'profile=a,time_to_first_ready,default/web,2.000000,-0.484138,4.484138,3,,,,,student-t,time_to_first_ready,,',
  );
  // Two pairs: 1 and 2, whose mean is 1.5 with the standard error 0.5; Student's t is 12.7062.
  assert.is(
    other,
    '"profile=b,c",time_to_first_ready,default/web,3.000000,-9.706205,15.706205,2,1.500000,-4.853102,7.853102,0.204833,student-t; paired-t,time_to_first_ready,0.204833,0.200000',
  );
  assert.equal(more, ['']);
});

test.run();
