// The committed results of the FGD paper's experiment are near enough to what was published, and are
// what the code gives today. `npm run fgd` accepts a change; its diff is what a reviewer reads.

import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {committedResults} from '../support/shipped-scenarios.ts';
import {playCells, policies} from './reproduction.ts';
import {runsOf} from './tables.ts';

const folder = join(process.env.ORRERY_DATA ?? '', 'openb');
const present = process.env.ORRERY_DATA !== undefined && existsSync(folder);
if (!present) console.log('skipped: runs on openb; set ORRERY_DATA to the folder of openb');

const rows = committed('fgd.csv').map(line => {
  const [list, policy, metric, percent, runs, mean, , published, , difference] = line.split(',');
  return {
    ...{list, policy, metric, percent: Number(percent), runs: Number(runs)},
    ...{mean: Number(mean), published, difference: Math.abs(Number(difference))},
  };
});

const allocated = rows.filter(
  ({metric, percent}) => metric === 'gpu_allocated_pct' && percent === 100,
);

test('all published cells are there, of ten runs each', () => {
  assert.is(allocated.length, 36);
  assert.ok(rows.every(({runs, published}) => runs === 10 && published !== ''));
});

test('allocation is within a point of what is published, of FGD and BestFit within 0.3', () => {
  const closely = ['FGD', 'BestFit'];
  const far = allocated.filter(
    ({policy, difference}) => difference > (closely.includes(policy) ? 0.3 : 1),
  );
  assert.equal(far, []);
});

test('fragmentation is within half a point of what is published', () => {
  const far = rows.filter(
    ({metric, percent, difference}) =>
      metric === 'gpu_fragmented_pct' && (percent === 50 || percent === 100) && difference > 0.5,
  );
  assert.equal(far, []);
});

test('strategies come in the order of the paper', () => {
  const of = (name: string) =>
    allocated.find(({list, policy}) => list === 'default' && policy === name)?.mean ?? NaN;
  assert.ok(of('Random') < of('DotProd'));
  for (const middle of ['GpuClustering', 'GpuPacking']) {
    assert.ok(of('DotProd') < of(middle));
    assert.ok(of(middle) < of('BestFit'));
  }
  assert.ok(of('BestFit') < of('FGD'));
});

if (present) {
  test('a run of each policy gives its committed line again', async () => {
    const lists = ['default'];
    const cells = await playCells({folder, lists, policies, replications: 1, workers: 1});
    const expected = committed('runs.csv').filter(line => /^default,\w+,0,/.test(line));
    assert.equal(runsOf(cells), expected);
  });
}

function committed(file: string): string[] {
  const text = readFileSync(join(committedResults, 'fgd', file), 'utf8');
  return text.trimEnd().split('\n').slice(1);
}

test.run();
