// results/bench.csv keeps the latest measurement of each workload.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {rounded, withMeasurements} from '../../bench/bench-file.ts';

const more = {yardstick: 5.5, order: ['queue', 'steady', 'huge']};

function measured(workload: string, value: number) {
  return {workload, what: 'CPU', value, unit: 's'};
}

function namesIn(text: string): string[] {
  const rows = text.trimEnd().split('\n').slice(1);
  return rows.map(row => row.split(',').slice(0, 3).join(' '));
}

test('workloads stand in their order, whenever they were measured', () => {
  const first = withMeasurements('', [measured('huge', 30)], more);
  const second = withMeasurements(first, [measured('queue', 1)], more);
  assert.equal(namesIn(second), ['queue CPU 1', 'huge CPU 30']);
});

test('a new measurement takes the place of the old one', () => {
  const first = withMeasurements('', [measured('queue', 1), measured('steady', 2)], more);
  const second = withMeasurements(first, [measured('steady', 3)], more);
  assert.equal(namesIn(second), ['queue CPU 1', 'steady CPU 3']);
});

test('a workload that is measured no longer goes', () => {
  const first = withMeasurements('', [measured('steady', 2)], more);
  const second = withMeasurements(first, [measured('huge', 30)], {...more, order: ['huge']});
  assert.equal(namesIn(second), ['huge CPU 30']);
});

test('each row names its yardstick and where it was measured', () => {
  const [header, row] = withMeasurements('', [measured('queue', 1)], more).split('\n');
  assert.is(header, 'workload,what,value,unit,limit,yardstick,node,machine');
  assert.match(row, new RegExp(`^queue,CPU,1,s,,5\\.50,${process.version},.*processors`));
});

test('figures have three digits', () => {
  assert.equal([12.345, 0.00123456, 1234.56].map(rounded), [12.3, 0.00123, 1235]);
});

test.run();
