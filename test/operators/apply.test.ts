// Manifests that a timeline applies, and objects that it deletes.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {minutes} from '../../src/engine/time.ts';
import {build} from '../../src/scenario/build.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {memoryFiles} from '../scenario/memory-files.ts';

const deployment = (name: string, spec: string, image = 'web:1') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  ${spec}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: main, image: ${image}}]}
`;

const scenario = (timeline: string) => `
apiVersion: orrery/v1
kind: Scenario
question: Does the cluster become as the manifests say?
duration: 30m
cluster: {nodes: [{name: n, count: 3, allocatable: {cpu: 8, memory: 16Gi}}]}
timeline: [${timeline}]
---${deployment('web', 'replicas: 3')}`;

function read(timeline: string, applied: string) {
  const files = memoryFiles({'test.yaml': scenario(timeline), 'new.yaml': applied});
  return readScenarioFrom(files, 'test.yaml');
}

async function played(timeline: string, applied = '') {
  const {scenario: loaded, problems} = await read(timeline, applied);
  if (loaded === undefined) throw new Error(problems.map(({message}) => message).join('\n'));
  const {simulation, store, start} = build(loaded, {plugins: [], replication: 0});
  start();
  simulation.run(minutes(30));
  const images = [...store.pods.all()].map(
    pod => store.pods.template(pod).spec.containers[0].image,
  );
  return {store, images: images.sort()};
}

const apply = '{at: 5m, do: apply, file: new.yaml}';
const times = (count: number, image: string) => new Array<string>(count).fill(image);

test('what is new is created, what is there becomes as the file says, the rest stays', async () => {
  const both = `${deployment('web', 'replicas: 2', 'web:2')}---${deployment('shop', 'replicas: 1', 'shop:1')}`;
  assert.equal((await played(apply, both)).images, ['shop:1', ...times(2, 'web:2')]);
});

test('a file that says no number of replicas leaves the number as it is', async () => {
  const scaled = '{at: 2m, do: scale, target: deployment/web, replicas: 5}';
  const {images} = await played(`${scaled}, ${apply}`, deployment('web', '', 'web:2'));
  assert.equal(images, times(5, 'web:2'));
});

test('a file that changes nothing changes nothing', async () => {
  const {store} = await played(apply, deployment('web', 'replicas: 3'));
  const id = store.workloads.id('Deployment/default/web');
  assert.is(id !== undefined && store.workloads.get(id)?.generation, 1);
  assert.ok([...store.pods.all()].every(pod => store.pods.createdAt(pod) < minutes(5)));
});

test('what an earlier file brings may be named later', async () => {
  const scale = '{at: 6m, do: scale, target: deployment/shop, replicas: 4}';
  const {images} = await played(`${apply}, ${scale}`, deployment('shop', 'replicas: 1', 'shop:1'));
  assert.equal(images, [...times(4, 'shop:1'), ...times(3, 'web:1')]);
  const early = '{at: 4m, do: scale, target: deployment/shop, replicas: 4}';
  const {problems} = await read(`${early}, ${apply}`, deployment('shop', 'replicas: 1'));
  assert.match(problems[0].message, /no "deployment\/shop"/);
});

test('a pod is applied once, and deleted by its name', async () => {
  const pod = `
apiVersion: v1
kind: Pod
metadata: {name: one}
spec: {containers: [{name: main, image: one:1}]}
`;
  const once = await played(`${apply}, {at: 6m, do: apply, file: new.yaml}`, pod);
  assert.equal(once.images, ['one:1', ...times(3, 'web:1')]);
  const gone = await played(`${apply}, {at: 6m, do: delete, target: pod/one}`, pod);
  assert.equal(gone.images, times(3, 'web:1'));
});

test('mistakes in an applied file are told with its place, before the run', async () => {
  const {scenario: loaded, problems} = await read(
    apply,
    'apiVersion: v1\nkind: Pod\nmetadata: {}\n',
  );
  assert.is(loaded, undefined);
  assert.ok(problems.some(({file}) => file.endsWith('new.yaml')));
  const missing = await read('{at: 5m, do: apply, file: nwe.yaml}', '');
  assert.match(missing.problems[0].message, /nwe\.yaml/);
  const node = await read(apply, 'apiVersion: v1\nkind: Node\nmetadata: {name: x}\n');
  assert.match(node.problems.map(({message}) => message).join(), /add-nodes adds nodes/);
});

test.run();
