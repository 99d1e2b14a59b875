// The timelines of lost nodes among the real scheduler and kubelets, as the sections before derive
// them: a crash with default tolerations, with tuned ones, and what DaemonSets and others do.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {inSeconds, seconds, type Time} from '../../../src/engine/time.ts';
import {type BuiltWorld, build} from '../../../src/scenario/build.ts';
import type {LoadedScenario} from '../../../src/scenario/loaded.ts';
import {scenarioOf} from '../../support/busy-scenario.ts';
import {forEachSeed} from '../../support/for-each-seed.ts';

const kinds = `
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 4
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: "web:1"}]}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: logs}
spec:
  selector: {matchLabels: {app: logs}}
  template:
    metadata: {labels: {app: logs}}
    spec: {containers: [{name: main, image: "logs:1"}]}
`;

function scenario(cluster: string, faults: string): Promise<LoadedScenario> {
  return scenarioOf(`
apiVersion: orrery/v1
kind: Scenario
question: What becomes of a lost node?
duration: 30m
cluster:
  nodes: [{name: n, count: 4, allocatable: {cpu: 4, memory: 16Gi}}]
  kubelet: {lifecycle: detailed}
${cluster}
faults:
  ${faults}
${kinds}`);
}

type Told = {readonly what: string; readonly pod: string; readonly at: Time};

/** What happened to pods after the crash at 100 s, by kind of owner. */
function played(loaded: LoadedScenario, seed: number): {world: BuiltWorld; told: Told[]} {
  const world = build({...loaded, seed}, {plugins: [], replication: 0});
  const told: Told[] = [];
  const {signals, pods} = world.store;
  for (const what of ['unready', 'terminating', 'created', 'started', 'deleted'] as const) {
    signals[what].watch(pod => {
      const at = world.simulation.now - seconds(100);
      if (at >= 0) told.push({what, pod: pods.name(pod), at});
    });
  }
  world.start();
  world.simulation.run(loaded.duration);
  return {world, told};
}

const crash = await scenario('', '- {kind: node-crash, at: 100s, node: n-1}');

test('a crash: lost after 40 to 55 s, evicted 300 s later, elsewhere after 341 to 361 s', () => {
  forEachSeed(50, seed => {
    const {told} = played(crash, seed);
    const timeOf = (what: string) =>
      told.flatMap(each =>
        each.what === what && each.pod.startsWith('web') ? inSeconds(each.at) : [],
      );
    const [unready] = timeOf('unready');
    const [evicted] = timeOf('terminating');
    const [started] = timeOf('started');
    assert.ok(unready >= 39.5 && unready <= 55.1, `lost after ${unready}`);
    assert.ok(evicted - unready >= 300 && evicted - unready <= 300.4, `${evicted - unready}`);
    assert.ok(started >= 340 && started <= 361, `elsewhere after ${started}`);
  });
});

test('a pod of a DaemonSet stays on the lost node, and the DaemonSet makes no other', () => {
  const {told, world} = played(crash, 1);
  const logs = told.filter(({pod}) => pod.startsWith('logs')).map(({what}) => what);
  assert.equal(logs, ['unready']);
  const id = world.store.workloads.id('DaemonSet/default/logs');
  const object = id === undefined ? undefined : world.store.workloads.get(id);
  assert.is(object?.kind === 'DaemonSet' && object.status.ready, 3);
});

test('what was evicted stays on the dead node until somebody says that it is gone', () => {
  const {world} = played(crash, 1);
  const {pods} = world.store;
  const left = [...pods.all()].filter(pod => pods.terminating(pod));
  assert.ok(left.length > 0 && left.every(pod => pods.node(pod) === 1));
});

for (const [name, cluster, from, to] of [
  [
    'fast: 50 s by kubespray, with a heartbeat of 4 s; here of 10 s',
    `  apiServer: {defaultNotReadyTolerationSeconds: 30, defaultUnreachableTolerationSeconds: 30}
  controllerManager: {nodeMonitorPeriod: 2s, nodeMonitorGracePeriod: 20s}`,
    39.6,
    54.5,
  ],
  ['up to 1.31', '  kubernetes: "1.31"', 329.6, 345.5],
] as const) {
  test(`${name}: pods go after ${from} to ${to} s`, async () => {
    const loaded = await scenario(cluster, '- {kind: node-crash, at: 100s, node: n-1}');
    forEachSeed(20, seed => {
      const {told} = played(loaded, seed);
      const at = inSeconds(told.find(({what}) => what === 'terminating')?.at ?? Infinity);
      assert.ok(at >= from && at <= to, `${at}`);
    });
  });
}

test('a node that is back in time keeps its pods, which are ready again', async () => {
  const back = await scenario('', '- {kind: node-crash, at: 100s, node: n-1, lasts: 200s}');
  forEachSeed(20, seed => {
    const {world, told} = played(back, seed);
    assert.ok(told.every(({what}) => what === 'unready' || what === 'started'));
    const {pods, nodes} = world.store;
    assert.ok([...pods.all()].every(pod => pods.ready(pod)));
    assert.ok([...nodes.all()].every(([, {taints}]) => taints.length === 0));
  });
});

test('a node that is back after the eviction is cleaned up', async () => {
  const back = await scenario('', '- {kind: node-crash, at: 100s, node: n-1, lasts: 800s}');
  const {world} = played(back, 1);
  const {pods} = world.store;
  assert.is(pods.count, 8);
  assert.ok([...pods.all()].every(pod => pods.ready(pod) && !pods.terminating(pod)));
});

test('of a cluster of one node no pod is evicted: it is the masters that are lost', () => {
  const {told} = played({...crash, nodes: crash.nodes.slice(1, 2)}, 1);
  assert.is(told.filter(({what}) => what === 'unready').length, 5);
  assert.is(told.filter(({what}) => what === 'terminating').length, 0);
});

test.run();
