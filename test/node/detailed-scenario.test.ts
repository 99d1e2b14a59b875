// The detailed life of pods from a scenario file to its results.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {ResultTable} from '../../src/metrics/table.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {simulate} from '../../src/scenario/simulate.ts';
import {scenarioWith} from '../scenario/good-scenario.ts';
import {memoryFiles} from '../scenario/memory-files.ts';
import {scenarioOf} from '../support/busy-scenario.ts';

const nodes = 'nodes: [{name: n, count: 2, allocatable: {cpu: 4, memory: 8Gi, pods: 10}}]';

function pod(name: string, rest: string): string {
  return `---\n{apiVersion: v1, kind: Pod, metadata: {name: ${name}, labels: {app: ${name}}${rest}`;
}

const threePods = [
  pod('crashing', "}, spec: {containers: [{name: main, image: 'app:1'}]}}"),
  pod('missing', "}, spec: {containers: [{name: main, image: 'gone:1'}]}}"),
  pod(
    'hanging',
    ", annotations: {orrery/hangs-after: 60s}}, spec: {containers: [{name: main, image: 'app:1', livenessProbe: {exec: {}}, readinessProbe: {exec: {}}}]}}",
  ),
].join('\n');

async function results(lifecycle: string) {
  const text = scenarioWith(
    {
      duration: '10m',
      cluster: `{${nodes}, kubelet: {lifecycle: ${lifecycle}}}`,
      images: '{registry: {bandwidth: 10Mi}, defaultSize: 50Mi, missing: ["gone:1"]}',
      behaviour: '[{selector: app=crashing, crashesAfter: 5s}]',
    },
    threePods,
  );
  const {tables} = await simulate(await scenarioOf(text));
  return {pods: rowsOf(tables, 'pods.csv'), events: rowsOf(tables, 'events.csv')};
}

function rowsOf(tables: readonly ResultTable[], file: string): Record<string, string>[] {
  const table = tables.find(known => known.file === file);
  if (table === undefined) throw new Error(`no ${file}`);
  const {columns} = table;
  return [...table.rows()].map(row =>
    Object.fromEntries(columns.map((column, i) => [column, String(row[i] ?? '')])),
  );
}

test('pods.csv counts restarts and says why a pod waits', async () => {
  const {pods} = await results('detailed');
  const row = (name: string) => pods.find(known => known.name === name) ?? {};
  assert.is(row('crashing').reason, 'CrashLoopBackOff');
  assert.ok(Number(row('crashing').restarts) >= 5 && Number(row('crashing').restarts) <= 7);
  assert.is(row('missing').reason, 'ImagePullBackOff');
  assert.is(row('missing').outcome, 'pending');
  assert.ok(Number(row('hanging').restarts) >= 2);
  assert.is(row('hanging').reason, '', 'it waited, and now runs');
  const {startup_total, startup_latency} = row('hanging');
  assert.ok(Number(startup_total) > 5, 'the pull takes 5 s');
  assert.ok(Number(startup_latency) > 0.2 && Number(startup_latency) < 2.5, startup_latency);
});

test('start-up latency leaves out init containers and pulls', async () => {
  const text = scenarioWith(
    {
      duration: '5m',
      cluster: `{${nodes}, kubelet: {lifecycle: detailed, observe: 0s}}`,
      behaviour: '[{container: init, exitsAfter: 20s}]',
    },
    pod(
      'slow',
      "}, spec: {initContainers: [{name: init, image: 'big:1'}], containers: [{name: main, image: 'app:1'}]}}",
    ),
  );
  const {tables} = await simulate(await scenarioOf(text));
  const [row] = rowsOf(tables, 'pods.csv');
  assert.ok(Number(row.startup_total) > 24, row.startup_total);
  assert.ok(Number(row.startup_latency) < 1, row.startup_latency);
});

test('events.csv has the events of the kubelets, equal ones counted', async () => {
  const {events} = await results('detailed');
  const of = (name: string) => events.filter(({object}) => object === `Pod/default/${name}`);
  const texts = (name: string) => of(name).map(({reason, message}) => `${reason}: ${message}`);
  assert.equal(texts('crashing').slice(1), [
    'Pulling: Pulling image "app:1"',
    'Pulled: Successfully pulled image "app:1"',
    'Created: Created container: main',
    'Started: Started container main',
    'Pulled: Container image "app:1" already present on machine',
    'BackOff: Back-off restarting failed container main in pod default/crashing',
  ]);
  const restarts = of('crashing').find(({reason}) => reason === 'Started')?.count;
  assert.ok(Number(restarts) >= 6, `started ${restarts} times`);
  assert.ok(texts('missing').includes('Failed: Failed to pull image "gone:1"'));
  assert.ok(texts('hanging').includes('Unhealthy: Liveness probe failed'));
  assert.ok(
    texts('hanging').includes('Killing: Container main failed liveness probe, will be restarted'),
  );
});

test('the simple life knows nothing of all that, and a warning says so', async () => {
  const {pods} = await results('simple');
  assert.equal(
    pods.map(({outcome, restarts}) => [outcome, restarts]),
    pods.map(() => ['running', '0']),
  );
  const cluster = '{kubelet: {lifecycle: simple}}';
  const text = scenarioWith({cluster, behaviour: '[{crashesAfter: 5s}]'}, threePods);
  const {problems} = await readScenarioFrom(memoryFiles({'a.yaml': text}), 'a.yaml');
  assert.equal(
    problems.map(({message}) => message),
    [
      'no nodes: every pod will stay pending',
      'probes, hooks and init containers of pods have no effect unless cluster.kubelet.lifecycle is detailed',
      'how containers behave has no effect unless cluster.kubelet.lifecycle is detailed',
    ],
  );
});

test('mistakes in sections and annotations are told with their place', async () => {
  const text = scenarioWith(
    {
      cluster: `{${nodes}, kubelet: {lifecycle: detailed, maxContainerRestartPeriod: 10m}}`,
      behaviour: '[{crashsAfter: 5s}]',
    },
    threePods.replace('hangs-after: 60s', 'hangs-after: soon'),
  );
  const {problems} = await readScenarioFrom(memoryFiles({'a.yaml': text}), 'a.yaml');
  const told = problems.map(({path, message}) => `${path}: ${message}`);
  assert.match(told.join('\n'), 'maxContainerRestartPeriod: expected at most 5m, got "10m"');
  assert.match(told.join('\n'), 'unknown key "crashsAfter"; did you mean crashesAfter?');
  assert.match(told.join('\n'), 'annotation orrery/hangs-after: expected a duration');
});

test('an annotation that nothing knows is a mistake that names the one meant', async () => {
  const text = scenarioWith({}, threePods.replace('orrery/hangs-after', 'orrery/hang-after'));
  const {problems} = await readScenarioFrom(memoryFiles({'a.yaml': text}), 'a.yaml');
  const told = problems.map(({message}) => message).join('\n');
  assert.match(told, 'annotation orrery/hang-after says nothing that a pod understands');
  assert.match(told, 'did you mean orrery/hangs-after?');
});

test.run();
