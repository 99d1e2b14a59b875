// The long run of what is sampled: without its warming up, of all variants alike.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {compareObservations} from '../../src/experiment/compare-observations.ts';
import type {Observation} from '../../src/experiment/observation.ts';
import {designOf} from '../support/observations.ts';

const steady = {analysis: 'steady', primary: {metric: 'pending_pods', object: ''}} as const;

test('the warming up is cut off where the longest ends, in all variants', () => {
  const runs = [run(0, 0, warmedUp(20, 5)), run(0, 1, warmedUp(20, 6)), run(0, 2, warmedUp(20, 7))];
  const others = [run(1, 0, warmedUp(0, 8)), run(1, 1, warmedUp(0, 9)), run(1, 2, warmedUp(0, 10))];
  // Until the fiftieth point another variant has nothing at all: that must be gone, too.
  const empty = others.map(each => withPoints(each, value => (value.at < 50 ? 0 : value.y)));
  const {rows, warnings} = compareObservations(designOf(['a', 'b'], steady), [...runs, ...empty]);
  const [own, other] = rows;
  assert.equal([own.metric, own.mean, own.n, own.method], ['pending_pods', 6, 3, 'student-t']);
  assert.equal([other.mean, other.difference, other.p], [9, 3, 0.25]);
  assert.equal(warnings, []);
});

test('of one long run the means of its batches take the place of replications', () => {
  const {rows} = compareObservations(designOf(['a'], steady), [run(0, 0, warmedUp(40, 5))]);
  const [{mean, low = NaN, high = NaN, method}] = rows;
  assert.equal([mean, method], [5, 'batch-means']);
  assert.ok(low < 5 && high > 5 && high - low < 0.2);
});

test('it is told that a run has no long run yet, and that none was sampled', () => {
  const growing = run(
    0,
    0,
    Array.from({length: 200}, (_, i) => i),
  );
  const {warnings, rows} = compareObservations(designOf(['a'], steady), [growing]);
  assert.match(warnings.join('\n'), 'not settled by the middle of the run: pending_pods');
  assert.match(warnings.join('\n'), 'the one run of profile=a is too short for an interval');
  assert.is(rows[0].low, undefined);
  const unseen = compareObservations(designOf(['a'], steady), [{...growing, series: []}]);
  assert.match(unseen.warnings.join('\n'), 'no run has the figure that decides, pending_pods');
});

/** A hundred until then; after it turns about the level, whose mean is exactly that. */
function warmedUp(points: number, level: number): number[] {
  return Array.from({length: 200}, (_, i) =>
    i < points ? 100 : level + (i % 2 === 0 ? 0.5 : -0.5),
  );
}

function run(variant: number, replication: number, values: readonly number[]): Observation {
  return {
    ...{variant, replication, fingerprint: `${variant} ${replication}`},
    ...{events: 1, complete: true},
    figures: [{metric: 'outages', object: '', value: 3, unit: 'outages', samples: undefined}],
    series: [
      {metric: 'pending_pods', object: '', axis: 'time', points: values.map((y, i) => [i, y])},
      {metric: 'events', object: '', axis: 'time', points: values.map((_, i) => [i, i])},
    ],
  };
}

function withPoints(
  observation: Observation,
  change: (value: {at: number; y: number}) => number,
): Observation {
  const [series, ...others] = observation.series;
  const points = series.points.map(([at, y]) => [at, change({at, y})] as const);
  return {...observation, series: [{...series, points}, ...others]};
}

test.run();
