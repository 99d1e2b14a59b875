// Nodes that fail in whole scenarios, with the control plane and the controllers that react to it:
// sections 12.3 and 2.6 of the controllers' reference, told from the node's side.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../src/engine/random.ts';
import {second, seconds, type Time} from '../../src/engine/time.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import {build} from '../../src/scenario/build.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {memoryFiles} from '../scenario/memory-files.ts';

type Wishes = {readonly fault: string; readonly lifecycle?: string; readonly seed?: number};

async function played({fault, lifecycle = 'detailed', seed = 1}: Wishes, until: Time) {
  const text = `
apiVersion: orrery/v1
kind: Scenario
question: What becomes of the pods of a node that fails?
duration: 2h
seed: ${seed}
cluster:
  nodes: [{name: n, count: 4, allocatable: {cpu: 8, memory: 16Gi, pods: 110}}]
  kubelet: {lifecycle: ${lifecycle}}
faults: [${fault}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 8
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: shop/web:1}]}
`;
  const {scenario, problems} = await readScenarioFrom(
    memoryFiles({'test.yaml': text}),
    'test.yaml',
  );
  if (scenario === undefined) throw new Error(problems.map(({message}) => message).join('\n'));
  const {simulation, store, machines, start} = build(scenario, {plugins: [], replication: 0});
  const told: {what: string; at: Time}[] = [];
  const {signals, pods} = store;
  for (const what of ['ready', 'unready', 'restarted', 'terminating', 'deleted'] as const) {
    signals[what].watch(pod => {
      if (pods.node(pod) === 0) told.push({what, at: simulation.now});
    });
  }
  const readiness: {ready: string; at: Time}[] = [];
  store.nodeSignals.changed.watch((id, before, after) => {
    if (id !== 0 || before === undefined || after === undefined) return;
    if (before.conditions.ready === after.conditions.ready) return;
    readiness.push({ready: after.conditions.ready, at: simulation.now});
  });
  start();
  simulation.run(until);
  const since = (at: number, what: string) =>
    told.filter(entry => entry.at > seconds(at) && entry.what === what).map(entry => entry.at);
  return {simulation, store, machines, since, readiness, node: 0 as NodeId};
}

for (const lifecycle of ['simple', 'detailed']) {
  test(`${lifecycle}: a node back before its pods are deleted goes on with the same pods`, async () => {
    const fault = '{kind: node-crash, node: n-0, at: 600s, lasts: 120s}';
    const world = await played({fault, lifecycle}, seconds(3600));
    const {store, readiness, since} = world;
    assert.equal(
      readiness.map(({ready}) => ready),
      ['Unknown', 'True'],
    );
    const [lost, back] = readiness.map(({at}) => at / second);
    assert.ok(lost >= 640 && lost <= 655.1, `Unknown at ${lost}`);
    // 120 s without power, 30 s for the boot.
    assert.ok(back >= 750 && back <= 750.2, `True at ${back}`);
    assert.is(store.pods.created, 8);
    const own = store.pods.on(world.node);
    assert.ok(own.length > 0);
    for (const pod of own)
      assert.equal([store.pods.restarts(pod), store.pods.ready(pod)], [1, true]);
    // Boot, start of the container, and the kubelet's seeing it.
    const ready = since(600, 'ready').map(at => at / second);
    assert.is(ready.length, own.length);
    for (const at of ready) assert.ok(at > 750 && at < 755, `${at}`);
    assert.equal(store.nodes.get(world.node)?.taints, []);
    assert.equal(since(600, 'deleted'), []);
  });

  test(`${lifecycle}: one back after that confirms that they are gone, within seconds`, async () => {
    const fault = '{kind: node-crash, node: n-0, at: 600s, lasts: 600s}';
    const {store, since, node, machines} = await played({fault, lifecycle}, seconds(3600));
    const terminating = since(600, 'terminating').map(at => at / second);
    assert.ok(terminating.length > 0);
    for (const at of terminating) assert.ok(at >= 940 && at <= 956, `${at}`);
    const deleted = since(600, 'deleted').map(at => at / second);
    assert.is(deleted.length, terminating.length);
    for (const at of deleted) assert.ok(at >= 1230 && at <= 1235, `${at}`);
    assert.equal([store.pods.on(node), machines.running(node), store.pods.count], [[], 0, 8]);
  });
}

test('pods of an unreachable node run on, and go when it hears that they were deleted', async () => {
  const fault = '{kind: node-unreachable, node: n-0, at: 600s, lasts: 600s}';
  const before = await played({fault}, seconds(1199));
  assert.ok(before.machines.running(before.node) > 0);
  const {since, machines, node} = await played({fault}, seconds(3600));
  assert.is(machines.running(node), 0);
  assert.equal(since(600, 'restarted'), []);
  for (const at of since(600, 'deleted')) assert.ok(at > seconds(1200) && at < seconds(1240));
});

test('pods of a node that is reachable again in time are ready again, with no restart', async () => {
  const fault = '{kind: node-unreachable, node: n-0, at: 600s, lasts: 120s}';
  for (const seed of [1, 2, 3]) {
    const {since, store, node} = await played({fault, seed}, seconds(3600));
    assert.ok(since(600, 'unready').length > 0);
    assert.is(since(600, 'unready').length, since(600, 'ready').length);
    for (const at of since(600, 'ready')) assert.ok(at > seconds(720) && at < seconds(745));
    for (const pod of store.pods.on(node)) assert.is(store.pods.restarts(pod), 0);
    assert.is(store.pods.created, 8);
  }
});

test('a kubelet that stops for a while costs readiness, and no restart', async () => {
  const fault = '{kind: kubelet-stop, node: n-0, at: 600s, lasts: 120s}';
  const {since, store, readiness} = await played({fault}, seconds(3600));
  assert.equal(
    readiness.map(({ready}) => ready),
    ['Unknown', 'True'],
  );
  for (const at of since(600, 'ready')) assert.ok(at >= seconds(720) && at < seconds(721));
  assert.ok(since(600, 'unready').length > 0);
  assert.is(since(600, 'unready').length, since(600, 'ready').length);
  assert.is(store.pods.created, 8);
});

test('a reboot within the grace period of the node goes unnoticed but by its pods', async () => {
  const fault = '{kind: node-reboot, node: n-0, at: 600s, downtime: 5s}';
  const {since, store, readiness} = await played({fault}, seconds(3600));
  assert.equal(readiness, []);
  assert.equal([since(600, 'unready').length > 0, store.pods.created], [true, 8]);
});

/** Some forty faults of nodes, links and masters within an hour, all of them over after that. */
function randomFaults(seed: number): string {
  const random = new RandomStream(`node faults ${seed}`);
  const kinds = ['node-crash', 'node-unreachable', 'kubelet-stop', 'node-reboot', 'master-loss'];
  return Array.from({length: 40}, () => {
    const kind = random.choice(kinds);
    const lasts = `${random.integer(1, 600)}s`;
    const ends = kind === 'node-reboot' ? `downtime: ${lasts}` : `lasts: ${lasts}`;
    const master = `master: master-${random.integer(0, 2)}, `;
    const on = kind === 'master-loss' ? master : `node: n-${random.integer(0, 3)}, `;
    return `{kind: ${kind}, ${on}at: ${random.integer(60, 3600)}s, ${ends}}`;
  }).join(', ');
}

test('once all faults are over, machines run what the API says, over seeds', async () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const lifecycle = seed % 2 === 0 ? 'simple' : 'detailed';
    const fault = randomFaults(seed);
    const {store, machines} = await played({fault, lifecycle, seed}, seconds(6600));
    const {pods} = store;
    let ready = 0;
    for (const node of [0, 1, 2, 3] as NodeId[]) {
      const running = pods.on(node).filter(pod => pods.phase(pod) === 'Running');
      const serials = running.map(pod => pods.serial(pod));
      assert.equal(
        [...machines.pods(node)].sort((a, b) => a - b),
        serials,
        `seed ${seed}`,
      );
      ready += running.filter(pod => pods.ready(pod)).length;
      assert.is(store.nodes.get(node)?.conditions.ready, 'True', `seed ${seed}`);
      assert.equal(store.nodes.get(node)?.taints, [], `seed ${seed}`);
    }
    assert.equal([ready, pods.count], [8, 8], `seed ${seed}`);
  }
});

test.run();
