import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {formatProblem} from '../../src/options/problem.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {simulate} from '../../src/scenario/simulate.ts';
import {scenarioWith} from './good-scenario.ts';
import {memoryFiles} from './memory-files.ts';

const header = 'name,cpu_milli,memory_mib,num_gpu,gpu_milli';
const timeless = `${header}\na,100,10,0,0\nb,200,10,0,0\n`;
const timed = `${header},creation_time\na,100,10,0,0,10\nb,200,10,0,0,20\n`;

async function read(more: string, csv: string) {
  const workload = `[{kind: trace, format: openb, pods: pods.csv${more}}]`;
  const files = memoryFiles({'a.yaml': scenarioWith({workload}), 'pods.csv': csv});
  const {scenario, problems} = await readScenarioFrom(files, 'a.yaml');
  return {scenario, said: problems.map(formatProblem)};
}

test('pods of a trace come, run and are gone', async () => {
  const {scenario} = await read('', `${header},creation_time,deletion_time\na,100,10,0,0,0,60\n`);
  if (scenario === undefined) throw new Error('there is no scenario');
  const {figures} = await simulate(scenario);
  const figure = (name: string) => figures.find(({metric}) => metric === name)?.value;
  assert.equal([figure('pods_created'), figure('pods_scheduled')], [1, 1]);
});

test('rows that are skipped are warnings with their lines, and counted', async () => {
  const csv = `${timed}c,-1,10,0,0,30\nd,-2,10,0,0,30\na,1,1,0,0,30\n`;
  const {scenario, said} = await read('', csv);
  const why = 'expected cpu_milli as a whole number from 0 to 1000000000';
  assert.equal(said, [
    `pods.csv: warning: 3 of 5 rows skipped: 2 (${why}), 1 (a second pod of its name)`,
    `pods.csv:4:1: warning: row skipped: ${why}, got "-1"`,
    `pods.csv:5:1: warning: row skipped: ${why}, got "-2"`,
    'pods.csv:6:1: warning: row skipped: a second pod of its name, got "a"',
  ]);
  const [{workload, file, read: rows, used}] = scenario?.traces ?? [];
  assert.equal(
    {workload, file, rows, used},
    {workload: 'trace', file: 'pods.csv', rows: 5, used: 2},
  );
});

type Case = [more: string, csv: string, message: RegExp];

const mistakes: readonly Case[] = [
  ['', timeless, /\[0\]\.arrivals: pods\.csv has no creation_time: expected once or/],
  ['', 'name,cpu_milli\na,1\n', /pods\.csv:1:1: no column "memory_mib"/],
  ['', `${header}\na,x,1,0,0\n`, /\.pods: no row of pods\.csv can be used/],
  ['', '', /pods\.csv:1:1: expected a header and rows, got an empty file/],
  [', inflate: {to: 130%, of: gpu}', timed, /inflate\.of: no pod of pods\.csv asks for gpu/],
  [', inflate: {to: -1, of: gpu}', timed, /expected a percentage from 0% to 100000%, got -1/],
  [', arrivals: sometimes', timed, /expected trace, once, \{speed: 10\}/],
  [', arrivals: {speed: 0}', timed, /arrivals\.speed: expected a number above 0, got 0/],
  [', arrivals: {evry: 1s}', timed, /unknown key "evry"; did you mean every\?/],
  [', arrivals: {every: 1}', timed, /arrivals\.every: expected a duration .* write 1s/],
  [', order: random', timed, /expected one of trace, file, name, shuffled/],
  [', lifetime: {normal: {mean: 1s}}', timed, /lifetime\.normal\.sd: /],
  [', machineMemory: 1Gi', timed, /machineMemory: expected none: openb tells memory in bytes/],
  [', template: {spec: {priorityClassName: gold}}', timed, /no PriorityClass "gold"/],
];

for (const [more, csv, message] of mistakes) {
  test(`a trace with${more === '' ? ` ${JSON.stringify(csv.slice(-20))}` : more} is refused`, async () => {
    const {scenario, said} = await read(more, csv);
    assert.is(scenario, undefined);
    assert.match(said.join('\n'), message);
  });
}

test('a trace that comes after the end, and one that nothing is there for, are told', async () => {
  const late = `${header},creation_time\na,1,1,1,500,7200\n`;
  const {said} = await read(', start: 2h, inflate: {to: 130%, of: gpu}', late);
  assert.match(said.join(), /pods: warning|warning: .*no pod of pods\.csv comes before the end/);
  assert.match(said.join(), /inflate\.of: no node of the cluster has gpu/);
});

test('a share of a machine needs the machine', async () => {
  const workload = '[{kind: trace, format: alibaba-2017, pods: none.csv}]';
  const files = memoryFiles({'a.yaml': scenarioWith({workload})});
  const {problems} = await readScenarioFrom(files, 'a.yaml');
  assert.match(problems.map(formatProblem).join(), /machineMemory: .*expected one such as 256Gi/);
});

test('a file that is not there is a mistake', async () => {
  const workload = '[{kind: trace, format: openb, pods: none.csv}]';
  const files = memoryFiles({'a.yaml': scenarioWith({workload})});
  const {problems} = await readScenarioFrom(files, 'a.yaml');
  assert.match(problems.map(formatProblem).join(), /workload\[0\]\.pods: none\.csv: no such file/);
});

test('a change of the trace is a change of the hash', async () => {
  const [one, other] = [await read('', timed), await read('', timed.replace('100', '101'))];
  assert.not.equal(one.scenario?.hash, other.scenario?.hash);
  assert.is((await read('', timed)).scenario?.hash, one.scenario?.hash);
});

test.run();
