// What a comparison says of runs whose figures are known.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {compareObservations} from '../../src/experiment/compare-observations.ts';
import type {Comparison, ComparisonRow} from '../../src/experiment/comparison.ts';
import type {Observation} from '../../src/experiment/observation.ts';
import {falseDiscovery, holm} from '../../src/experiment/statistics/multiple-tests.ts';
import {fc} from '../support/fast-check.ts';
import {designOf, observationsOf, type Runs} from '../support/observations.ts';

test('means and paired differences are those of the textbook', () => {
  // Student: Biometrika 6, 1908, the table of the additional sleep gained by two soporifics.
  const one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
  const other = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
  const runs = [{sleep_gained: one}, {sleep_gained: other}];
  const comparison = compareObservations(designOf(['a', 'b']), observationsOf(runs));
  const row = rowOf(comparison, 1, 'sleep_gained');
  near(row.mean, 2.33);
  near(row.difference, 1.58);
  near(row.differenceLow, 0.7001);
  // Away from 0 the bound heeds the long tail as well.
  assert.ok((row.differenceHigh ?? 0) >= 2.4599 - 1e-4);
  near(row.p, 0.002833);
});

test('a variant that is the same as the baseline differs in nothing', () => {
  const runs = {outages: [0, 2, 1], startup_latency_p50: [1.1, 1.3, 1.2]};
  const {rows} = compareObservations(designOf(['a', 'a']), observationsOf([runs, runs]));
  const others = rows.filter(({variant}) => variant === 1);
  for (const {difference, differenceLow, differenceHigh, p, adjustedP} of others) {
    assert.equal([difference, differenceLow, differenceHigh, p, adjustedP], [0, 0, 0, 1, 1]);
  }
  assert.is(others.length, 2);
});

test('the mean is over all runs that have a figure, the difference over pairs that both have', () => {
  const runs = [{nodes_used: [3, undefined, 5, 9]}, {nodes_used: [4, 100, 7, undefined]}];
  const comparison = compareObservations(designOf(['a', 'b']), observationsOf(runs));
  const [one, other] = [0, 1].map(variant => rowOf(comparison, variant, 'nodes_used'));
  assert.equal([one.n, other.n], [3, 3]);
  near(one.mean, 17 / 3);
  near(other.mean, 37);
  near(other.difference, 1.5);
});

test('what metrics leave out because it did not occur counts as nothing', () => {
  const runs = [{'requests_timeout:shop': [3, undefined, undefined], requests: [9, 9, 9]}];
  const comparison = compareObservations(designOf(['a']), observationsOf(runs));
  const {mean, n} = rowOf(comparison, 0, 'requests_timeout');
  assert.equal([mean, n], [1, 3]);
});

test('figures stand in the order in which runs tell them, with what only some have in its place', () => {
  const runs: Runs[] = [
    {nodes: [1, 1], attempts_max: [2, 3]},
    {nodes: [1, 1], outages: [1, 2], attempts_max: [1, 2]},
  ];
  const {rows} = compareObservations(designOf(['a', 'b']), observationsOf(runs));
  const names = rows.filter(({variant}) => variant === 0).map(({metric}) => metric);
  assert.equal(names, ['nodes', 'outages', 'attempts_max']);
});

test('it does not matter in which order runs came in', () => {
  const values = fc.array(fc.integer({min: 0, max: 9}), {minLength: 6, maxLength: 6});
  const arbitrary = fc.record({outages: values, nodes_used: values, 'availability:x': values});
  const law = fc.property(fc.tuple(arbitrary, arbitrary), fc.integer(), (runs, seed) => {
    const observations = observationsOf(runs);
    const shuffled = fc.sample(fc.shuffledSubarray(observations, {minLength: 12}), {
      seed,
      numRuns: 1,
    });
    const design = designOf(['a', 'b']);
    const expected = compareObservations(design, observations);
    assert.equal(compareObservations(design, shuffled[0]), expected);
  });
  fc.assert(law, {numRuns: 30});
});

test('p-values of the declared figure are Holm’s, those of the rest q-values', () => {
  // Differences of 1, 2 and 3 with spread; only p and its adjustment are looked at.
  const runs = [0, 1, 2, 3].map(shift => ({
    nodes_used: [10, 12, 11, 14].map((value, i) => value + shift * (1 + 0.1 * i)),
    attempts_max: [5, 6, 5, 6].map((value, i) => value + (i % 2) * shift),
  }));
  const primary = {metric: 'nodes_used', object: ''};
  const {rows} = compareObservations(
    designOf(['a', 'b', 'c', 'd'], {primary}),
    observationsOf(runs),
  );
  const tested = rows.filter(({p}) => p !== undefined);
  const [first, rest] = ['nodes_used', 'attempts_max'].map(metric =>
    tested.filter(row => row.metric === metric),
  );
  assert.equal(
    first.map(({adjustedP}) => adjustedP),
    holm(first.map(({p}) => p)),
  );
  assert.equal(
    rest.map(({adjustedP}) => adjustedP),
    falseDiscovery(rest.map(({p}) => p)),
  );
});

const warned: [string, () => Comparison, RegExp][] = [
  [
    'a figure that no run has',
    () => {
      const primary = {metric: 'availability', object: 'default/wbe'};
      const runs = [{'availability:default/web': [0.9, 0.8]}];
      return compareObservations(designOf(['a'], {primary}), observationsOf(runs));
    },
    /no run has the figure that decides, availability:default\/wbe; there is availability:default\/web/,
  ],
  [
    'runs that are all the same run',
    () => compareObservations(designOf(['a']), observationsOf([{nodes: [1, 1, 1]}]).map(alike)),
    /all 3 runs of profile=a are the same run/,
  ],
  [
    'runs that did not end',
    () => compareObservations(designOf(['a']), observationsOf([{nodes: [1, 2, 1]}]).map(ended)),
    /1 of 3 runs did not end/,
  ],
  [
    'pairs that are further apart than strangers',
    () => {
      const runs = [{nodes_used: [1, 2, 3]}, {nodes_used: [3, 2, 1]}];
      return compareObservations(designOf(['a', 'b']), observationsOf(runs));
    },
    /does not help on nodes_used of profile=b: .* 2\.00 times/,
  ],
];

for (const [what, compared, warning] of warned) {
  test(`readers are warned of ${what}`, () => {
    assert.match(compared().warnings.join('\n'), warning);
  });
}

const alike = (run: Observation): Observation => ({...run, fingerprint: 'the same'});
const ended = (run: Observation): Observation => ({...run, complete: run.replication > 0});

function rowOf({rows}: Comparison, variant: number, metric: string): ComparisonRow {
  const found = rows.find(row => row.variant === variant && row.metric === metric);
  if (found === undefined) throw new Error(`no row of ${metric}`);
  return found;
}

function near(actual: number | undefined, expected: number): void {
  assert.ok(Math.abs((actual ?? NaN) - expected) < 1e-4, `${actual} is not ${expected}`);
}

test.run();
