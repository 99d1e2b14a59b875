// Devices through a whole cluster's life: preemption, deletions, crashed nodes, schedulers that take
// over, a run that is saved. At no time do pods have more of a device than there is, a whole device
// is one pod's alone, and what the scheduler takes for free is what nobody has.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../src/engine/time.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import {type BuiltWorld, build} from '../../src/scenario/build.ts';
import type {LoadedScenario} from '../../src/scenario/loaded.ts';
import {scenarioOf} from '../support/busy-scenario.ts';
import {forEachSeed} from '../support/for-each-seed.ts';

const text = (profile: string) => `
apiVersion: orrery/v1
kind: Scenario
question: Does every device stay whole?
duration: 6m
scheduler: ${profile}
cluster:
  nodes:
    - name: gpu
      count: 6
      allocatable: {cpu: 16, memory: 64Gi, pods: 20}
      gpus: {count: 4, model: T4}
    - {name: old, count: 2, allocatable: {cpu: 16, memory: 64Gi}, gpus: {count: 2, model: P100}}
    - {name: plain, count: 1, allocatable: {cpu: 16, memory: 64Gi}}
  controlPlane: {masters: 3, latency: {write: 5ms, watch: 3ms}}
workload:
  - {kind: poisson, name: share, every: 2s, gpu: 300m, lifetime: {exponential: {mean: 60s}}}
  - {kind: poisson, name: half, every: 4s, gpu: {share: 0.5, models: [T4]}, lifetime: 50s}
  - {kind: poisson, name: whole, every: 8s, gpu: 2, lifetime: {exponential: {mean: 40s}}}
  - kind: poisson
    name: urgent
    every: 15s
    gpu: {count: 3, share: 700m}
    lifetime: 30s
    template: {spec: {priorityClassName: urgent, terminationGracePeriodSeconds: 5}}
  - {kind: poisson, name: none, every: 5s, requests: {cpu: 1}, lifetime: 60s}
faults:
  - {kind: node-crash, node: gpu-1, at: 1m, lasts: 1m}
  - {kind: leader-crash, component: kube-scheduler, at: 90s}
  - {kind: leader-crash, component: kube-scheduler, at: 200s}
timeline:
  - {at: 2m, do: remove-node, node: gpu-2}
  - {at: 150s, do: drain, node: gpu-3}
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: urgent}
value: 1000
`;

const profiles = ['default', 'random', 'fragmentation-gradient'];

for (const profile of profiles) {
  test(`no device is given away twice under ${profile}`, async () => {
    const given = await scenarioOf(text(profile));
    let seen = 0;
    let preempted = 0;
    forEachSeed(2, seed => {
      const world = started({...given, seed});
      world.store.signals.preempted.watch(() => preempted++);
      for (let at = 1; at <= 360; at += 3) {
        world.simulation.run(seconds(at));
        seen += check(world);
      }
    });
    assert.ok(seen > 2500, `${seen} pods with devices`);
    assert.ok(preempted > 0);
  });
}

/** How many pods have devices. */
function check({store, scheduler}: BuiltWorld): number {
  const {pods, nodes} = store;
  const held = new Map<NodeId, number[]>();
  let seen = 0;
  for (const pod of pods.all()) {
    const node = pods.node(pod);
    const {gpu} = pods.template(pod).spec;
    const phase = pods.phase(pod);
    if (node === undefined || gpu === undefined || phase === 'Succeeded' || phase === 'Failed')
      continue;
    const on = held.get(node) ?? new Array<number>(32).fill(0);
    held.set(node, on);
    const devices = pods.devices[pod];
    let count = 0;
    for (let i = 0; i < 32; i++) {
      if (((devices >>> i) & 1) === 0) continue;
      count++;
      on[i] += gpu.milli;
      assert.ok(on[i] <= 1000, `device ${i} of ${nodes.nameOf(node)} is given away ${on[i]}`);
    }
    assert.is(count, gpu.count);
    seen++;
  }
  for (const {devices, pods: own} of scheduler.cache.nodes) {
    devices.free.forEach((free, i) => {
      const used = own.reduce((sum, pod) => {
        return sum + ((pod.devices >>> i) & 1 ? (pod.shape.gpu?.milli ?? 0) : 0);
      }, 0);
      assert.is(free, 1000 - used);
    });
  }
  return seen;
}

function started(given: LoadedScenario): BuiltWorld {
  const world = build(given, {plugins: [], replication: 0});
  world.start();
  return world;
}

test('a run that is saved with devices given away goes on in the same way', async () => {
  const given = await scenarioOf(text('random'));
  for (const cut of [61, 91.2, 201.5]) {
    const whole = started(given).simulation;
    whole.run(seconds(cut));
    const saved = structuredClone(whole.save());
    whole.run(given.duration);
    const rest = started(given).simulation;
    rest.restore(saved);
    rest.run(given.duration);
    assert.is(rest.fingerprint, whole.fingerprint);
  }
});

const dumped = (name: string, index: string) => `---
apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  annotations:
    alibabacloud.com/gpu-count: "1"
    alibabacloud.com/gpu-milli: "700"
    ${index}
spec: {nodeName: n-0, containers: [{name: a, image: b}]}
`;

test('a dump whose pods are on one device, or on none that there is, crashes nothing', async () => {
  const index = (which: string) => `alibabacloud.com/gpu-index: "${which}"`;
  const given = await scenarioOf(`
apiVersion: orrery/v1
kind: Scenario
question: Does it go on?
duration: 1m
cluster: {nodes: [{name: n, count: 1, allocatable: {cpu: 8, memory: 8Gi}, gpus: 2}]}
workload:
  - {kind: batch, name: late, count: 3, gpu: 300m, start: 10s}
${dumped('first', index('0'))}${dumped('second', index('0'))}${dumped('third', index('7'))}${dumped('fourth', index('what'))}${dumped('fifth', '')}`);
  const world = started(given);
  world.simulation.run(given.duration);
  const {devices, pods} = world.scheduler.cache.nodeNamed('n-0');
  const names = new Map(pods.map(pod => [pod.name, pod.devices]));
  // The fourth is as if chosen when it was seen; for the fifth there is no room, nor for two late ones.
  assert.equal([...devices.free], [0, 0]);
  assert.is(names.get('third'), 2 ** 7);
  assert.is(names.get('fourth'), 0b10);
  assert.is(names.get('fifth'), 0);
  assert.is([...names.keys()].filter(name => name.startsWith('late')).length, 1);
});

test.run();
