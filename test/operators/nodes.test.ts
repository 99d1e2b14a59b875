// What an operator does to nodes, in whole scenarios.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {minutes, type Time} from '../../src/engine/time.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import {build} from '../../src/scenario/build.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {memoryFiles} from '../scenario/memory-files.ts';

function text(timeline: string): string {
  return `
apiVersion: orrery/v1
kind: Scenario
question: Does the operator get what he asks for?
duration: 30m
cluster: {nodes: [{name: n, count: 3, zones: [a, b, c], allocatable: {cpu: 8, memory: 16Gi}}]}
timeline: [${timeline}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 6
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: shop/web:1}]}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: logs}
spec:
  selector: {matchLabels: {app: logs}}
  template:
    metadata: {labels: {app: logs}}
    spec: {containers: [{name: main, image: logs:1}]}
---
apiVersion: v1
kind: Pod
metadata: {name: alone}
spec: {nodeName: n-1, containers: [{name: main, image: alone:1}]}
`;
}

const files = (timeline: string) => memoryFiles({'test.yaml': text(timeline)});

async function played(timeline: string, until: Time = minutes(30)) {
  const {scenario, problems} = await readScenarioFrom(files(timeline), 'test.yaml');
  if (scenario === undefined) throw new Error(problems.map(({message}) => message).join('\n'));
  const {simulation, store, machines, start} = build(scenario, {plugins: [], replication: 0});
  start();
  simulation.run(until);
  const on = (name: string) => {
    const id = store.nodes.id(name);
    return id === undefined ? [] : store.pods.on(id).map(pod => store.pods.name(pod).slice(0, 4));
  };
  const node = (name: string) => {
    const id = store.nodes.id(name);
    return id === undefined ? undefined : store.nodes.get(id);
  };
  return {simulation, store, machines, on, node};
}

test('a cordoned node keeps its pods and gets no new ones, until it is uncordoned', async () => {
  const scale = '{at: 2m, do: scale, target: deployment/web, replicas: 12}';
  const more = '{at: 4m, do: scale, target: deployment/web, replicas: 40}';
  const cordoned = await played(`{at: 1m, do: cordon, node: n-0}, ${scale}`);
  assert.equal(cordoned.on('n-0').sort(), ['logs', 'web-', 'web-']);
  assert.is(cordoned.node('n-0')?.unschedulable, true);
  const again = await played(
    `{at: 1m, do: cordon, node: n-0}, ${scale}, {at: 3m, do: uncordon, node: n-0}, ${more}`,
  );
  assert.ok(again.on('n-0').length > 10);
});

test('taints and labels are put on and taken off, on a group of nodes too', async () => {
  const {node} = await played(
    `{at: 1m, do: taint, node: {pool: n}, taint: 'disk=broken:NoSchedule'},
     {at: 1m, do: label, node: {zone: b}, label: [disk=ssd, kubernetes.io/arch-]},
     {at: 2m, do: taint, node: n-2, taint: 'disk:NoSchedule-'}`,
  );
  const taint = {key: 'disk', value: 'broken', effect: 'NoSchedule'};
  assert.equal(
    [0, 1, 2].map(i => node(`n-${i}`)?.taints),
    [[taint], [taint], []],
  );
  assert.is(node('n-1')?.labels.get('disk'), 'ssd');
  assert.is(node('n-1')?.labels.has('kubernetes.io/arch'), false);
  assert.is(node('n-0')?.labels.has('disk'), false);
});

test('a drain evicts all but the pods of DaemonSets, which come up elsewhere', async () => {
  const {on, node, store} = await played('{at: 1m, do: drain, node: n-0}');
  assert.equal(on('n-0'), ['logs']);
  assert.is(node('n-0')?.unschedulable, true);
  assert.is([...on('n-1'), ...on('n-2')].filter(name => name === 'web-').length, 6);
  assert.is(store.pods.count, 6 + 3 + 1);
});

test('a drain refuses to touch a pod that nobody makes again, unless forced', async () => {
  const refused = await played('{at: 1m, do: drain, node: n-1}');
  assert.equal(refused.on('n-1').sort(), ['alon', 'logs', 'web-', 'web-']);
  assert.is(refused.node('n-1')?.unschedulable, true);
  const forced = await played('{at: 1m, do: drain, node: n-1, force: true}');
  assert.equal(forced.on('n-1'), ['logs']);
  assert.is(forced.store.pods.count, 6 + 3);
});

test('a removed node is gone from the API and without power, after its drain if so wished', async () => {
  const {on, node, store, machines} = await played(
    '{at: 1m, do: remove-node, node: n-0, drain: true}',
  );
  assert.is(node('n-0'), undefined);
  assert.is(machines.powered(0 as NodeId), false);
  assert.is([...on('n-1'), ...on('n-2')].filter(name => name === 'web-').length, 6);
  assert.is(store.nodes.id('n-0'), undefined);
});

test('an incident names the group of nodes as it was asked for', async () => {
  const groups = [
    ['{zone: a}', 'node/zone a'],
    ['{zone: a, pool: n}', 'node/zone a, pool n'],
    ['{percent: 100}', 'node/100 % of all'],
    ['{pool: n, count: 2}', 'node/2 of pool n'],
    ['{selector: "kubernetes.io/hostname=n-1"}', 'node/selected'],
  ];
  const at = groups.map(([group], i) => `{at: ${i + 1}m, do: cordon, node: ${group}}`);
  const {store} = await played(at.join(', '));
  const targets = [...store.causes.all()].map(([, cause]) => cause.target);
  assert.equal(
    targets,
    groups.map(([, text]) => text),
  );
});

test('mistakes about nodes are named with what was probably meant', async () => {
  const rows: [string, RegExp][] = [
    ['{at: 5m, do: drain, node: n-7}', /timeline\[0\]\.node no node "n-7"/],
    ['{at: 5m, do: cordon, node: {zone: d}}', /timeline\[0\]\.node\.zone no zone "d"/],
    ['{at: 5m, do: taint, node: n-0, taint: broken}', /expected key=value:Effect/],
    ['{at: 5m, do: label, node: n-0, label: "=x"}', /expected key=value, or key-/],
    ['{at: 5m, do: remove-node, node: m-0}, {at: 6m, do: cordon, node: m-0}', /no node "m-0"/],
  ];
  for (const [timeline, expected] of rows) {
    const {scenario, problems} = await readScenarioFrom(files(timeline), 'test.yaml');
    assert.is(scenario, undefined);
    assert.match(problems.map(({path, message}) => `${path} ${message}`).join(), expected);
  }
});

test.run();
