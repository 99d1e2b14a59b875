// What a comparison keeps of a run.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {mostPoints} from '../../src/experiment/observation.ts';
import {observe} from '../../src/experiment/observe.ts';
import type {Cell} from '../../src/metrics/table.ts';
import type {RunOutcome} from '../../src/scenario/scenario-run.ts';

function outcomeWith(columns: readonly string[], lines: readonly Cell[][]): RunOutcome {
  const table = {file: 'timeseries.csv', columns, long: true, rows: () => lines};
  return {
    ...{seed: 1, replication: 3, end: 0, complete: true, events: 7, fingerprint: 'f'},
    ...{figures: [], tables: [table], troubled: [], lives: []},
  };
}

test('an observation is plain JSON that says which run it was', () => {
  const lines = [
    ['0.5', 'pending_pods', undefined, 4],
    ['0.5', 'share', 'a', '0.25'],
    ['1', 'pending_pods', undefined, 6],
    ['1', 'share', 'a', undefined],
  ];
  const observation = observe(2, outcomeWith(['time', 'metric', 'object', 'value'], lines));
  assert.equal(JSON.parse(JSON.stringify(observation)), {
    ...{variant: 2, replication: 3, fingerprint: 'f', events: 7, complete: true, figures: []},
    series: [
      {
        metric: 'pending_pods',
        object: '',
        axis: 'time',
        points: [
          [0.5, 4],
          [1, 6],
        ],
      },
      {metric: 'share', object: 'a', axis: 'time', points: [[0.5, 0.25]]},
    ],
  });
});

test('long series are thinned to means, so that their sum stays', () => {
  const lines = Array.from({length: 4 * mostPoints}, (_, i) => [i, 'm', '', i]);
  const {series} = observe(0, outcomeWith(['arrived', 'metric', 'object', 'value'], lines));
  assert.is(series[0].axis, 'arrived');
  assert.is(series[0].points.length, mostPoints);
  assert.equal(series[0].points[1], [7, 5.5]);
});

test('tables of other columns are no series', () => {
  assert.equal(observe(0, outcomeWith(['time', 'pod'], [[1, 'a']])).series, []);
});

test.run();
