import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {minutes, seconds} from '../../src/engine/time.ts';
import {formatProblem} from '../../src/options/problem.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {simulate} from '../../src/scenario/simulate.ts';
import {readDump} from '../../src/scenario/trace-dump.ts';
import {namesOf} from '../workload/traces/read-rows.ts';
import {scenarioWith} from './good-scenario.ts';
import {memoryFiles} from './memory-files.ts';

/** As kubectl writes it, though shorter. */
const pod = (name: string, time: string, {status = '', spec = ''} = {}) => `- apiVersion: v1
  kind: Pod
  metadata:
    creationTimestamp: "2026-01-01T${time}Z"
    name: ${name}
    namespace: shop
    uid: ${name}
    annotations:
      kubectl.kubernetes.io/last-applied-configuration: '{"name":"${name}"}'
    labels: {app: web}
  spec:
    nodeName: node-${name}
    ${spec}
    containers:
    - image: web:1
      name: web
      resources: {requests: {cpu: 250m, memory: 100Mi}}
      volumeMounts: [{mountPath: /token, name: kube-api-access-ab1${name}x}]
    volumes: [{name: kube-api-access-ab1${name}x, emptyDir: {}}]
  status: {phase: Running${status}}
`;
const ended = (from: string, to: string) =>
  `, containerStatuses: [{state: {terminated: {startedAt: "2026-01-01T${from}Z", finishedAt: "2026-01-01T${to}Z"}}}]`;
const list = (...pods: string[]) => `apiVersion: v1\nkind: List\nitems:\n${pods.join('')}`;

test('pods of a dump come when they were created, without what the cluster added', () => {
  const text = list(pod('b', '00:05:00'), pod('a', '00:00:00'));
  const {rows, templates, report} = readDump(text, 'default');
  assert.equal(report, {read: 2, used: 2, skipped: []});
  assert.equal(namesOf(rows), ['b', 'a']);
  assert.equal([...(rows.at ?? [])], [minutes(5), 0]);
  assert.equal([...(rows.byTime ?? [])], [1, 0]);
  assert.is(templates.length, 1);
  const [{namespace, spec}] = templates;
  assert.equal([namespace, spec.nodeName], ['shop', undefined]);
  assert.is(spec.containers[0].requests.get('cpu'), 250);
});

test('a pod that has ended runs as long as its containers did', () => {
  const status = ended('00:00:10', '00:00:40');
  const {rows} = readDump(list(pod('a', '00:00:00', {status}), pod('b', '00:00:00')), 'x');
  assert.equal([...rows.lifetime], [seconds(30), Number.NaN]);
});

test('what is no pod, or a broken one, is skipped and told', () => {
  const broken = pod('c', '00:00:00', {spec: 'restartPolicy: Sometimes'});
  const text = `${list(pod('a', '00:00:00'), pod('a', '00:00:01'), broken)}---\nkind: Node\n---\n[}`;
  const {report} = readDump(text, 'default');
  assert.equal([report.read, report.used], [5, 1]);
  const said = report.skipped.map(({first: [{line, message}]}) => `${line} ${message}`);
  assert.match(said[0], /^1 a second pod of its name, got "a"/);
  assert.match(said[1], /^1 c: spec\.restartPolicy: expected one of/);
  assert.match(said[2], /expected a Pod, got "Node"/);
  assert.is(said.length, 4);
});

test('pods with the same mistake are of one kind, each told by its name and what it has', () => {
  const pods = ['Sometimes', 'Rarely', 'Sometimes'].map((policy, i) =>
    pod(`p${i}`, '00:00:00', {spec: `restartPolicy: ${policy}`}),
  );
  const [kind, ...others] = readDump(list(...pods), 'default').report.skipped;
  assert.equal([others.length, kind.rows], [0, 3]);
  assert.not.match(kind.why, /got/);
  const told = kind.first.map(({message}) => message.replace(/expected.* got/, 'got'));
  assert.equal(told, [
    'p0: spec.restartPolicy: got "Sometimes"',
    'p1: spec.restartPolicy: got "Rarely"',
    'p2: spec.restartPolicy: got "Sometimes"',
  ]);
});

test('documents and JSON are read too, and only as many as wanted', () => {
  const one = {kind: 'Pod', metadata: {name: 'a'}, spec: {containers: [{name: 'a', image: 'a'}]}};
  const other = {...one, metadata: {name: 'b'}};
  const documents = `${JSON.stringify(one)}\n---\n${JSON.stringify(other)}\n`;
  assert.equal(namesOf(readDump(documents, 'x').rows), ['a', 'b']);
  assert.equal(namesOf(readDump(JSON.stringify({items: [one, other]}), 'x').rows), ['a', 'b']);
  assert.equal(namesOf(readDump(documents, 'x', 1).rows), ['a']);
});

async function read(more: string, dump: string) {
  const workload = `[{kind: trace, format: pods, pods: pods.yaml${more}}]`;
  const files = memoryFiles({'a.yaml': scenarioWith({workload}), 'pods.yaml': dump});
  const {scenario, problems} = await readScenarioFrom(files, 'a.yaml');
  return {scenario, said: problems.map(formatProblem).join('\n')};
}

test('a dump is played', async () => {
  const {scenario, said} = await read('', list(pod('a', '00:00:00'), pod('b', '00:10:00')));
  assert.is(said, '');
  if (scenario === undefined) throw new Error('there is no scenario');
  const {figures} = await simulate(scenario);
  assert.is(figures.find(({metric}) => metric === 'pods_scheduled')?.value, 2);
});

test('a dump without times, without pods, or with a template beside it is refused', async () => {
  const timeless = 'kind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a}]}\n';
  assert.match((await read('', timeless)).said, /arrivals: pods\.yaml has no creationTimestamp/);
  assert.is((await read(', arrivals: once', timeless)).said, '');
  assert.match((await read('', 'kind: Node\n')).said, /no pod of pods\.yaml can be used/);
  const {said} = await read(', template: {spec: {}}', timeless);
  assert.match(said, /template: expected none: the pods of a dump are whole/);
});

test.run();
