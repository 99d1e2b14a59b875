// What a scenario says of how its variants are held against one another.

import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {knownMetric, knownMetrics} from '../../src/metrics/figure-kinds.ts';
import {formatProblem} from '../../src/options/problem.ts';
import {type ReadOptions, readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {committedResults} from '../support/shipped-scenarios.ts';
import {scenarioWith} from './good-scenario.ts';
import {memoryFiles} from './memory-files.ts';

test('nothing is declared unless written', async () => {
  const {scenario} = await read({});
  assert.equal(scenario?.compare, {analysis: 'terminating', maxReplications: 200});
  assert.is(scenario?.results.timeseries, undefined);
});

test('the figure that decides is a metric of the whole run or of an object', async () => {
  const {scenario} = await read({compare: '{primary: "availability:default/web"}'});
  assert.equal(scenario?.compare.primary, {metric: 'availability', object: 'default/web'});
  const {scenario: whole} = await read({}, {compare: {primary: 'outages', precision: '5%'}});
  assert.equal(whole?.compare.primary, {metric: 'outages', object: ''});
  assert.is(whole?.compare.precision, 0.05);
});

test('a steady analysis takes samples by itself, unless other samples are asked for', async () => {
  const {scenario} = await read({compare: '{analysis: steady}'});
  assert.equal(scenario?.results.timeseries, {every: 9_000_000});
  const more = {compare: '{analysis: steady}', results: '{timeseries: {every: 1s}}'};
  assert.equal((await read(more)).scenario?.results.timeseries, {every: 1_000_000});
});

const daily = '[{name: a, to: web, daily: {mean: 1/s, amplitude: 50%}}]';
const mistakes: [string, Record<string, string>, string][] = [
  ['a metric', {compare: '{primary: avialability}'}, 'no metric "avialability"; did you mean'],
  ['no metric', {compare: '{primary: xyz}'}, 'no metric "xyz"; summary.csv has them all'],
  ['a form', {compare: '{primary: [a]}'}, 'expected a figure as METRIC[:OBJECT], got'],
  ['an analysis', {compare: '{analysis: stedy}'}, 'expected one of terminating, steady, got'],
  ['a precision of nothing', {compare: '{precision: 5%}'}, 'of which figure? expected'],
  ['no precision', {compare: '{precision: 0%, primary: outages}'}, 'expected more than 0, got 0'],
  [
    'the long run of what has no time series',
    {compare: '{analysis: steady, primary: outages}'},
    'steady analysis is of time series, and "outages" has none; expected one of pending_pods',
  ],
  [
    'the long run of a day',
    {compare: '{analysis: steady}', traffic: daily},
    'compare.analysis: steady analysis is of what does not change with time, but traffic "a"',
  ],
];

for (const [name, lines, message] of mistakes) {
  test(`a mistake is told: ${name}`, async () => {
    const {scenario, problems} = await read(lines);
    assert.is(scenario, undefined);
    assert.match(problems.map(formatProblem).join('\n'), message);
  });
}

test('a mistake on the command line is told under its option', async () => {
  const {problems} = await read({}, {compare: {maxReplications: '1'}});
  const [problem] = problems;
  assert.match(formatProblem(problem), '--max-replications 1: expected a whole number from 2');
});

test('every metric of the shipped results is known', () => {
  const known = new Set(knownMetrics());
  for (const file of readdirSync(committedResults, {recursive: true, encoding: 'utf8'})) {
    if (!file.endsWith('summary.csv')) continue;
    const [, ...lines] = readFileSync(join(committedResults, file), 'utf8').trimEnd().split('\n');
    for (const line of lines) assert.ok(known.has(line.split(',')[3]), `${file}: ${line}`);
  }
});

test('what metrics leave out where it did not occur is known, and that a metric is not known', () => {
  assert.is(knownMetric('requests_timeout').absent, 0);
  assert.is(knownMetric('node_up_share').absent, 1);
  assert.equal(knownMetric('startup_latency_p50').better, 'less');
  assert.equal(knownMetric('somebodys_own'), {kind: 'level', better: undefined});
});

async function read(lines: Record<string, string>, options: ReadOptions = {}) {
  return await readScenarioFrom(memoryFiles({'a.yaml': scenarioWith(lines)}), 'a.yaml', options);
}

test.run();
