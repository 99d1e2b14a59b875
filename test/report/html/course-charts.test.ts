// What the page's script is given to draw: lines in whole steps, few enough of them.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {comparisonPage} from '../../../src/report/html/comparison-page.ts';
import {type CourseChart, courseCharts} from '../../../src/report/html/course-charts.ts';
import {madeUpComparison} from '../../support/made-up-comparison.ts';

type Points = readonly [x: number, value: number][];

test('what is drawn is the mean, to a thousandth of the range', () => {
  const [chart] = chartsOf([
    [
      [0, 10],
      [60, 20],
    ],
    [
      [0, 30],
      [60, 24],
    ],
  ]);
  const [[variant, mean]] = chart.lines;
  assert.is(variant, 0);
  const drawn = mean.map(step => chart.base + (step ?? NaN) * chart.step);
  for (const [i, value] of [20, 22].entries()) {
    assert.ok(Math.abs(drawn[i] - value) < 0.1, `${drawn[i]} for ${value}`);
  }
});

test('what was never below 0 has no band below it', () => {
  const [chart] = chartsOf([[[0, 0]], [[0, 10]]]);
  const [[, , low]] = chart.lines;
  assert.ok(Math.abs(chart.base + (low?.[0] ?? NaN) * chart.step) < 0.1);
});

test('the baseline is drawn last, over what runs along it', () => {
  const {comparison, observations} = madeUpComparison({replications: 2});
  const {charts} = courseCharts(comparison, observations);
  assert.equal(
    charts[0].lines.map(([variant]) => variant),
    [1, 2, 0],
  );
});

test('the text in place of a chart says what its lines come to', () => {
  const made = madeUpComparison({names: ['p=a', 'p=b'], replications: 1, charts: 1});
  const points = [
    [0, 5],
    [60, 1234.5],
  ] as const;
  const series = [{metric: 'm', object: '', axis: 'time' as const, points}];
  const observations = made.observations.map(run => ({...run, series}));
  const html = comparisonPage({...made, observations});
  assert.match(
    html,
    'm over time, the mean of each variant with a band; at the end a 1230, b 1230',
  );
});

test('one run of a variant has a line and no band', () => {
  const [chart] = chartsOf([
    [
      [0, 1],
      [60, 2],
    ],
  ]);
  assert.is(chart.lines[0].length, 2);
});

test('of more charts than a page bears the rest is counted', () => {
  const {comparison, observations} = madeUpComparison({replications: 1, charts: 30});
  const {charts, left} = courseCharts(comparison, observations);
  assert.is(charts.length, 24);
  assert.is(left, 6);
});

/** Of one variant, with these runs. */
function chartsOf(runs: readonly Points[]): readonly CourseChart[] {
  const {comparison, observations} = madeUpComparison({names: ['a=1'], replications: runs.length});
  const series = runs.map(points => [{metric: 'm', object: '', axis: 'time' as const, points}]);
  return courseCharts(
    comparison,
    observations.map((run, i) => ({...run, series: series[i]})),
  ).charts;
}

test.run();
