// A comparison on a terminal.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {compareObservations, type Design} from '../../src/experiment/compare-observations.ts';
import {comparisonReport} from '../../src/report/comparison-report.ts';
import {designOf, observationsOf, type Runs} from '../support/observations.ts';

const spread: Runs = {
  startup_latency_p99: [2.1, 2.4, 2.2, 2.5, 2.3, 2.2, 2.4, 2.3],
  unscheduled_share: [0.12, 0.1, 0.11, 0.14, 0.12, 0.13, 0.11, 0.12],
  nodes_used: [20, 20, 20, 20, 20, 20, 20, 20],
  queue_time_mean: [0.001, 0.002, 0.001, 0.003, 0.001, 0.002, 0.001, 0.002],
};
const packed: Runs = {
  startup_latency_p99: [4.1, 4.9, 4.3, 4.8, 4.7, 4.3, 4.8, 4.5],
  unscheduled_share: [0.05, 0.06, 0.05, 0.06, 0.06, 0.05, 0.05, 0.06],
  nodes_used: [12, 12, 12, 12, 12, 12, 12, 12],
  queue_time_mean: [0.002, 0.001, 0.001, 0.003, 0.001, 0.001, 0.002, 0.002],
};
const unscheduled = {primary: {metric: 'unscheduled_share', object: ''}};

test('first what decides, then what differs, the largest effects first, then how much does not', () => {
  assert.is(
    report([spread, packed], unscheduled),
    `shop  2 variants, 8 runs each
Which is best?

unscheduled_share  less is better
profile          mean, %  difference         p
default       11.9 ± 1.0
bin-packing  5.50 ± 0.45  -6.4 ± 1.1  < 0.0001  better

bin-packing against default
                     default  bin-packing      difference
startup_latency_p99   2.30 s       4.55 s  +2.25 ± 0.15 s  worse
nodes_used                20           12              -8  differs
1 figure may differ by chance (q > 0.05)

Results in out
`,
  );
});

test('a variant that is the baseline differs in nothing', () => {
  const text = report([spread, spread], unscheduled);
  assert.match(text, /^bin-packing {2}11\.9 ± 1\.0 +0 +1 {2}same$/m);
  assert.match(text, 'nothing else differs beyond chance, 3 are the same');
});

test('nothing is wider than a terminal', () => {
  const long = (name: string) => `${name}:Deployment/department-of-redundancy/${name}-of-all`;
  const runs = [spread, packed].map(one =>
    Object.fromEntries(Object.entries(one).map(([name, values]) => [long(name), values])),
  );
  for (const line of report(runs, {}).split('\n')) assert.ok(line.length <= 80, line);
});

test('where both intervals of the figure that decides are too wide, those of means give way', () => {
  const waits = [12_345_678, 3_456_789, 45_678_912, 5_678_912, 6_789_123, 23_456_789];
  const others = waits.map((wait, i) => wait + 345_678 * (i - 2) * (i + 1));
  const runs = [waits, others].map(values => ({pending_pod_seconds: values}));
  const names = ['balanced-over-all-zones', 'packed-onto-the-fewest-nodes'];
  const design = designOf(names, {primary: {metric: 'pending_pod_seconds', object: ''}});
  const comparison = compareObservations(design, observationsOf(runs));
  const text = comparisonReport(comparison, {folder: undefined, colour: false});
  assert.match(text, /^balanc…zones +16,234,367$/m);
  assert.match(text, /^packed…nodes +17,847,531 {2}\+1,613,164 \(-1,276,853 … /m);
});

test('without a figure that decides the report says how to declare one', () => {
  assert.match(report([spread, packed], {}), '--primary METRIC[:OBJECT]');
});

test('a variant alone is told with its intervals', () => {
  const design = designOf(['default']);
  const comparison = compareObservations(design, observationsOf([spread]));
  const text = comparisonReport(comparison, {folder: undefined, colour: false});
  assert.match(text, /^startup_latency_p99 +2\.30 ± 0\.11 {2}s$/m);
  assert.match(text, /^1 figure without any spread$/m);
});

test('one run each proves nothing, and nearly all is not all', () => {
  const runs = [{availability_mean: [0.999996]}, {availability_mean: [0.9988]}];
  const text = report(runs, {});
  assert.match(text, /^availability_mean +99\.9996 % +99\.88 % +-0\.1196 %$/m);
  assert.match(text, 'one run each: chance alone may have made all of this');
});

function report(runs: readonly Runs[], more: Partial<Design>): string {
  const design = designOf(['default', 'bin-packing'], more);
  const comparison = compareObservations(design, observationsOf(runs));
  return comparisonReport(comparison, {folder: 'out', colour: false});
}

test.run();
