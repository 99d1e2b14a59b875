// A steady analysis on its page: dots are of the long run, and what was cut off is shown as such.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {compareObservations} from '../../../src/experiment/compare-observations.ts';
import type {Observation} from '../../../src/experiment/observation.ts';
import {comparisonPage} from '../../../src/report/html/comparison-page.ts';
import {designOf} from '../../support/observations.ts';

const primary = {metric: 'pending_pods', object: ''};
const observations = [5, 6, 7].map((level, replication) => run(replication, level));
const comparison = compareObservations(
  designOf(['a'], {analysis: 'steady', primary}),
  observations,
);
const page = comparisonPage({comparison, observations, seed: 1, version: '1', command: 'orrery'});

test('a dot is the mean of what is left of a run', () => {
  const [, table] = page.split('<section id=primary>');
  assert.match(table, /<td>6.0 <small>3.5 to 8.5<\/small>/);
  const [, dots] = /<path class=d d="([^"]*)"/.exec(table) ?? [];
  assert.is(dots.match(/h0/g)?.length, 3);
});

test('charts say from where on they count', () => {
  const [, json] = /<script type="application\/json" id=courses>(.*?)<\/script>/.exec(page) ?? [];
  const {charts} = JSON.parse(json);
  assert.is(charts[0].from, 20);
  assert.match(page, 'What is shaded was cut off');
});

/** Twenty points of a hundred, then about the level. */
function run(replication: number, level: number): Observation {
  const points = Array.from({length: 200}, (_, i): [number, number] => {
    return [i, i < 20 ? 100 : level + (i % 2 === 0 ? 0.5 : -0.5)];
  });
  return {
    ...{variant: 0, replication, fingerprint: `${replication}`, events: 1, complete: true},
    figures: [],
    series: [{metric: 'pending_pods', object: '', axis: 'time', points}],
  };
}

test.run();
