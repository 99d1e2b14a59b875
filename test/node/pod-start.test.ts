// From binding to running against kubelet.go, kuberuntime_manager.go and pkg/kubelet/images:
// admission, images, init containers and sidecars.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {minutes, seconds} from '../../src/engine/time.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import type {Container} from '../../src/objects/pod-spec.ts';
import {container, detailedWorld, image, mebibyte, podOn, probe} from './detailed-world.ts';

const started = /started at/;

function starts(world: ReturnType<typeof detailedWorld>): string[] {
  return world.told.lines().filter(line => started.test(line));
}

test('a pod takes the sum of its steps to start', () => {
  const kubelet = {
    ...{volumes: '400ms', sandbox: '300ms', imageCheck: '100ms', containerStart: '200ms'},
    observe: '500ms',
  };
  const world = detailedWorld({kubelet, present: [], sizes: {[image]: 2 * mebibyte}});
  podOn(world);
  world.simulation.run(seconds(60));
  assert.equal(world.told.lines(), [
    'main pulling at 700ms',
    'main pulled at 2.8s',
    'main created at 3s',
    'main started at 3s',
    'pod-0 started at 3.505s',
    'pod-0 ready at 3.505s',
  ]);
});

test('containers start one after the other, and the pod once all of them run', () => {
  const world = detailedWorld({kubelet: {containerStart: '1s'}});
  podOn(world, {containers: [container('a'), container('b'), container('c')]});
  world.simulation.run(seconds(60));
  assert.equal(starts(world), [
    'a started at 2s',
    'b started at 3s',
    'c started at 4s',
    'pod-0 started at 4.005s',
  ]);
});

test('init containers run one after the other, each seen to end before the next', () => {
  const world = detailedWorld({
    kubelet: {observe: '300ms'},
    behaviour: [{container: 'first', exitsAfter: '5s'}],
  });
  podOn(world, {initContainers: [container('first'), container('second')]});
  world.simulation.run(seconds(60));
  assert.equal(starts(world), [
    'first started at 1s',
    'second started at 6.3s',
    'main started at 6.6s',
    'pod-0 started at 6.905s',
  ]);
});

test('a sidecar has only to have started before the next container', () => {
  const rows: [string, Partial<Container>, string][] = [
    ['seen to run', {}, 'main started at 1.3s'],
    ['by its startup probe', {startupProbe: probe({period: seconds(2)})}, 'main started at 4s'],
    ['not ready', {readinessProbe: probe()}, 'main started at 1.3s'],
  ];
  for (const [what, more, expected] of rows) {
    const behaviour = [{container: 'proxy', becomesReadyAfter: '2s'}];
    const world = detailedWorld({kubelet: {observe: '300ms'}, behaviour});
    podOn(world, {initContainers: [container('proxy', {sidecar: true, ...more})]});
    world.simulation.run(seconds(60));
    assert.is(starts(world)[1], expected, what);
  }
});

test('a pod is ready when its containers and sidecars are', () => {
  const world = detailedWorld({behaviour: [{container: 'proxy', becomesReadyAfter: '15s'}]});
  const sidecar = container('proxy', {sidecar: true, readinessProbe: probe()});
  podOn(world, {initContainers: [sidecar]});
  world.simulation.run(seconds(60));
  assert.equal(world.told.times('pod-0 started'), [seconds(1.005)]);
  assert.equal(world.told.times('pod-0 ready'), [seconds(21.005)]);
});

test('a failed init container is tried again, or fails its pod where nothing is restarted', () => {
  const behaviour = [{container: 'init', exitsAfter: '1s', exitCode: 1}];
  for (const [restartPolicy, tries, expected] of [
    ['Always', 4, undefined],
    ['OnFailure', 4, undefined],
    ['Never', 1, 'pod-0 failed Error'],
  ] as const) {
    const world = detailedWorld({behaviour});
    podOn(world, {restartPolicy, initContainers: [container('init')]});
    world.simulation.run(seconds(60));
    assert.is(world.told.times('init started').length, tries, restartPolicy);
    assert.is(
      world.told.words().find(word => /failed Error/.test(word)),
      expected,
      restartPolicy,
    );
    assert.equal(world.told.times('main started'), []);
  }
});

test('a crashed sidecar is restarted by itself, whatever the policy', () => {
  const world = detailedWorld({behaviour: [{container: 'proxy', crashesAfter: '20s'}]});
  podOn(world, {restartPolicy: 'Never', initContainers: [container('proxy', {sidecar: true})]});
  world.simulation.run(seconds(30));
  assert.is(world.told.times('proxy started').length, 2);
  assert.is(world.told.times('main started').length, 1);
});

test('a pod ends when its containers have, and its sidecars with it', () => {
  const behaviour = [{container: 'main', exitsAfter: '20s'}];
  const world = detailedWorld({behaviour});
  podOn(world, {restartPolicy: 'Never', initContainers: [container('proxy', {sidecar: true})]});
  world.simulation.run(seconds(300));
  assert.is(world.told.words().at(-1), 'pod-0 succeeded Completed');
  assert.is(world.machines.running(0 as NodeId), 0);
});

test('a pod whose lifetime is over has Succeeded and is deleted; a crash before is not its end', () => {
  const world = detailedWorld();
  podOn(world, {}, 'steady', seconds(30));
  const behaviour = [{container: 'frail', crashesAfter: '20s'}];
  const other = detailedWorld({behaviour});
  podOn(other, {containers: [container('frail')]}, 'pod-1', seconds(30));
  for (const {simulation} of [world, other]) simulation.run(seconds(60));
  assert.equal(world.told.times('steady succeeded Completed'), [seconds(31.005)]);
  assert.equal(world.told.times('steady deleted'), [seconds(31.005)]);
  assert.ok(other.told.times('frail started').length >= 2);
});

test('pull policies decide whether the registry is asked', () => {
  const rows: [Container['imagePullPolicy'], readonly string[], string[]][] = [
    ['IfNotPresent', [image], ['main image-present']],
    ['IfNotPresent', [], ['main pulling', 'main pulled']],
    ['Always', [image], ['main pulling', 'main pulled']],
    ['Never', [image], ['main image-present']],
    ['Never', [], ['main never-pulled', 'main never-pulled']],
  ];
  for (const [imagePullPolicy, present, expected] of rows) {
    const world = detailedWorld({present});
    podOn(world, {containers: [container('main', {imagePullPolicy})]});
    world.simulation.run(seconds(15));
    assert.equal(world.told.words().slice(0, expected.length), expected, imagePullPolicy);
  }
});

test('a node pulls one image at a time, and a second pod finds what the first one brought', () => {
  const sizes = {big: 60 * mebibyte, small: mebibyte};
  const world = detailedWorld({present: [], sizes});
  const names = ['big', 'small', 'big'];
  names.forEach((name, i) => {
    podOn(world, {containers: [container(`c${i}`, {image: name})]}, `pod-${i}`);
  });
  world.simulation.run(seconds(100));
  const times = names.map((_, i) => world.told.times(`c${i} pulled`)[0] / seconds(1));
  assert.equal(times, [61, 62, 62]);
});

test('pulls side by side do not wait for each other', () => {
  const sizes = {big: 60 * mebibyte, small: mebibyte};
  const world = detailedWorld({present: [], sizes, kubelet: {serializeImagePulls: false}});
  podOn(world, {containers: [container('a', {image: 'big'})]});
  podOn(world, {containers: [container('b', {image: 'small'})]}, 'pod-1');
  world.simulation.run(seconds(100));
  assert.equal(world.told.times('b pulled'), [seconds(2)]);
});

test('so many pulls at a time as the node takes', () => {
  const rows: [object, number[]][] = [
    [{maxParallelImagePulls: 2}, [2, 2, 3]],
    [{serializeImagePulls: false}, [2, 2, 2]],
    [{maxParallelImagePulls: 1}, [2, 3, 4]],
    [{}, [2, 3, 4]],
  ];
  for (const [kubelet, expected] of rows) {
    const world = detailedWorld({
      present: [],
      sizes: {a: mebibyte, b: mebibyte, c: mebibyte},
      kubelet,
    });
    for (const name of ['a', 'b', 'c'])
      podOn(world, {containers: [container(name, {image: name})]}, name);
    world.simulation.run(seconds(60));
    const ends = ['a', 'b', 'c'].map(name => world.told.times(`${name} pulled`)[0] / seconds(1));
    assert.equal(ends, expected);
  }
});

// As the kubelet's own limit towards the registry: 5 a second, 10 at once.
test('a pull too many fails at once and is tried again after its back-off', () => {
  const rows: [object, number][] = [
    [{}, 2],
    [{registryBurst: 12}, 0],
    [{registryPullQPS: 0}, 0],
  ];
  for (const [kubelet, expected] of rows) {
    const world = detailedWorld({kubelet: {serializeImagePulls: false, ...kubelet}});
    for (let i = 0; i < 12; i++) {
      podOn(world, {containers: [container(`c${i}`, {imagePullPolicy: 'Always'})]}, `p${i}`);
    }
    world.simulation.run(seconds(60));
    const failed = world.told.words().filter(word => word.endsWith('pull-failed'));
    assert.is(failed.length, expected);
    assert.equal(
      world.store.pods.on(0 as never).filter(pod => !world.store.pods.ready(pod)),
      [],
    );
  }
});

test('a failed pull is tried again after 10, 20, 40, 80, 160 and then 300 seconds', () => {
  const world = detailedWorld({present: [], missing: [image]});
  podOn(world);
  world.simulation.run(minutes(25));
  const tries = world.told.times('main pulling');
  const waits = tries.slice(1).map((at, i) => (at - tries[i]) / seconds(1));
  assert.equal(waits, [10, 20, 40, 80, 160, 300, 300, 300]);
  assert.equal(world.told.times('pod-0 started'), []);
});

test('a container without an image does not hold up those after it', () => {
  const world = detailedWorld({missing: ['gone']});
  podOn(world, {containers: [container('a', {image: 'gone'}), container('b')]});
  world.simulation.run(seconds(60));
  assert.equal(world.told.times('b started'), [seconds(1)]);
  assert.equal(world.told.times('pod-0 started'), [], 'a pod with a waiting container is Pending');
});

test('while the registry does not answer, pulls fail and images that are there serve', () => {
  const world = detailedWorld({present: ['here:1']});
  world.registry.answers = false;
  podOn(world, {containers: [container('a', {image: 'here:1'})]});
  podOn(world, {containers: [container('b', {image: 'there:1'})]}, 'pod-1');
  world.simulation.run(seconds(25));
  world.registry.answers = true;
  world.simulation.run(seconds(100));
  assert.equal(world.told.times('a started'), [seconds(1)]);
  assert.is(world.told.times('b pull-failed').length, 2);
  assert.equal(world.told.times('b started'), [seconds(31 + 10)]);
});

test('a pod that does not fit on its node fails at once and is not tried again', () => {
  const rows: [string, string, number, number, string][] = [
    ['cpu', 'cpu', 1000, 600, 'OutOfcpu'],
    ['memory', 'memory', 1000, 600, 'OutOfmemory'],
    ['pods', 'pods', 1, 0, 'OutOfpods'],
  ];
  for (const [what, resource, allocatable, request, reason] of rows) {
    const world = detailedWorld();
    const node = world.store.nodes.get(0 as NodeId);
    if (node === undefined) throw new Error('no node-0');
    const room = new Map([[resource, allocatable]]);
    world.store.nodes.replace(0 as NodeId, {...node, allocatable: room}, 0);
    const requests = new Map(request > 0 ? [[resource, request]] : []);
    const containers = [container('main', {requests})];
    const first = podOn(world, {containers});
    podOn(world, {containers}, 'pod-1');
    world.simulation.run(seconds(10));
    assert.ok(world.told.words().includes(`pod-1 failed ${reason}`), what);
    world.client.deletePod(first);
    world.simulation.run(seconds(60));
    podOn(world, {containers}, 'pod-2');
    world.simulation.run(seconds(100));
    assert.ok(world.told.words().includes('pod-2 ready'), what);
  }
});

test('podStart takes the place of all steps before the first start', () => {
  const kubelet = {podStart: '7s', volumes: '1s', sandbox: '1s', containerStart: '2s'};
  const world = detailedWorld({kubelet, present: [], behaviour: [{crashesAfter: '10s'}]});
  podOn(world, {containers: [container('a'), container('b')]});
  world.simulation.run(seconds(18));
  assert.equal(world.told.times('a started'), [seconds(7)]);
  assert.equal(world.told.times('b started'), [seconds(7)]);
});

test('annotations say how a pod behaves, before the scenario does', () => {
  const [json, yaml] = ['{"uniform": {"from": "5s", "to": "6s"}}', '{uniform: {from: 5s, to: 6s}}'];
  for (const crashesAfter of [json, yaml]) {
    const world = detailedWorld({behaviour: [{crashesAfter: '40s', exitsAfter: '20s'}]});
    const pod = podOn(world);
    const template = world.store.pods.template(pod);
    const annotations = new Map([
      ['orrery/crashes-after', crashesAfter],
      ['orrery/exits-after', '30s'],
    ]);
    world.store.pods.replaceTemplate(pod, {...template, annotations}, 0);
    world.simulation.run(seconds(15));
    const [, second] = world.told.times('main started');
    assert.ok(second >= seconds(6) && second <= seconds(7), `restarted at ${second}`);
  }
});

test.run();
