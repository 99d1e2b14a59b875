// What an operator does to workloads, in whole scenarios.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {minutes} from '../../src/engine/time.ts';
import {build} from '../../src/scenario/build.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {memoryFiles} from '../scenario/memory-files.ts';

function text(timeline: string): string {
  return `
apiVersion: orrery/v1
kind: Scenario
question: Does the operator get what he asks for?
duration: 30m
cluster: {nodes: [{name: n, count: 3, allocatable: {cpu: 8, memory: 16Gi}}]}
timeline: [${timeline}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: shop/web:1}, {name: proxy, image: proxy:1}]}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: logs, namespace: kube-system}
spec:
  selector: {matchLabels: {app: logs}}
  template:
    metadata: {labels: {app: logs}}
    spec: {containers: [{name: main, image: logs:1}]}
`;
}

const read = (timeline: string) =>
  readScenarioFrom(memoryFiles({'test.yaml': text(timeline)}), 'test.yaml');

async function played(timeline: string) {
  const {scenario, problems} = await read(timeline);
  if (scenario === undefined) throw new Error(problems.map(({message}) => message).join('\n'));
  const {simulation, store, start} = build(scenario, {plugins: [], replication: 0});
  start();
  simulation.run(minutes(30));
  const pods = [...store.pods.all()];
  assert.ok(pods.every(pod => store.pods.ready(pod)));
  const images = pods.map(pod => {
    const {containers} = store.pods.template(pod).spec;
    return containers.map(({image}) => image).join(' ');
  });
  return {store, images: images.sort()};
}

const logs = new Array(3).fill('logs:1');
const web = (count: number, image = 'shop/web:1') => new Array(count).fill(`${image} proxy:1`);

test('manifests run by themselves', async () => {
  assert.equal((await played('')).images, [...logs, ...web(3)]);
});

test('scale', async () => {
  const {images} = await played('{at: 5m, do: scale, target: deployment/web, replicas: 7}');
  assert.equal(images, [...logs, ...web(7)]);
});

test('set-image of one container, and of a DaemonSet', async () => {
  const {images} = await played(
    `{at: 5m, do: set-image, target: deployment/web, container: main, image: shop/web:2},
     {at: 5m, do: set-image, target: daemonset/logs, namespace: kube-system, image: logs:2}`,
  );
  assert.equal(images, [...new Array(3).fill('logs:2'), ...web(3, 'shop/web:2')]);
});

test('rollout undo goes back, and undo to a revision goes there', async () => {
  const images = '{at: 5m, do: set-image, target: deployment/web, image: bad}';
  const undo = '{at: 10m, do: rollout, target: deployment/web, action: undo';
  assert.equal((await played(`${images}, ${undo}}`)).images, [...logs, ...web(3)]);
  const forth = await played(
    `${images}, ${undo}}, {at: 15m, do: rollout, target: deployment/web, action: undo, toRevision: 2}`,
  );
  assert.equal(forth.images, [...new Array(3).fill('bad bad'), ...logs]);
});

test('the actions of rollout are operations under their own names, too', async () => {
  const image = '{at: 5m, do: set-image, target: deployment/web, image: bad}';
  const undo = '{at: 10m, do: rollout-undo, target: deployment/web';
  assert.equal((await played(`${image}, ${undo}}`)).images, [...logs, ...web(3)]);
  const forth = await played(
    `${image}, ${undo}}, {at: 15m, do: rollout-undo, target: deployment/web, toRevision: 2}`,
  );
  assert.equal(forth.images, [...new Array(3).fill('bad bad'), ...logs]);
});

test('rollout restart replaces every pod', async () => {
  const {store} = await played(
    `{at: 5m, do: rollout, target: deployment/web, action: restart},
     {at: 5m, do: rollout, target: daemonset/logs, namespace: kube-system, action: restart}`,
  );
  for (const pod of store.pods.all()) assert.ok(store.pods.createdAt(pod) >= minutes(5));
});

test('rollout pause holds a new image back until it is resumed', async () => {
  const pause = '{at: 1m, do: rollout, target: deployment/web, action: pause}';
  const image = '{at: 2m, do: set-image, target: deployment/web, container: main, image: x}';
  const resume = '{at: 9m, do: rollout, target: deployment/web, action: resume}';
  assert.equal((await played(`${pause}, ${image}`)).images, [...logs, ...web(3)]);
  assert.equal((await played(`${pause}, ${image}, ${resume}`)).images, [...logs, ...web(3, 'x')]);
});

test('rollout undo is refused while the Deployment is paused', async () => {
  const image = '{at: 1m, do: set-image, target: deployment/web, container: main, image: x}';
  const rest = ['pause', 'undo', 'resume'].map(
    (action, i) => `{at: ${5 + i}m, do: rollout, target: deployment/web, action: ${action}}`,
  );
  assert.equal((await played([image, ...rest].join())).images, [...logs, ...web(3, 'x')]);
});

test('delete takes the pods along, unless they are orphaned', async () => {
  const remove = '{at: 5m, do: delete, target: deployment/web';
  assert.equal((await played(`${remove}}`)).images, logs);
  assert.equal((await played(`${remove}, cascade: foreground}`)).images, logs);
  assert.equal((await played(`${remove}, cascade: orphan}`)).images, [...logs, ...web(3)]);
});

test('mistakes in a timeline are named', async () => {
  const rows: [string, RegExp][] = [
    ['{at: 5m, do: scale, target: deployment/wbe, replicas: 1}', /no "deployment\/wbe".*web\?/],
    ['{at: 5m, do: scale, target: daemonset/logs, replicas: 1}', /expected deployment\/NAME or/],
    ['{at: 5m, do: scale, target: deployment/web}', /replicas missing/],
    [
      '{at: 5m, do: set-image, target: deployment/web, image: "web:2", container: proxi}',
      /timeline\[0\]\.container no container "proxi" in these pods; did you mean proxy\?/,
    ],
    ['{at: 5m, do: scael, target: deployment/web, replicas: 1}', /scale/],
  ];
  for (const [timeline, expected] of rows) {
    const {scenario, problems} = await read(timeline);
    assert.is(scenario, undefined);
    assert.match(problems.map(({path, message}) => `${path} ${message}`).join(), expected);
  }
});

test.run();
