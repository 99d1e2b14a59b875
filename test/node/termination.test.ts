// Graceful termination against killContainer in kuberuntime_container.go and
// kuberuntime_termination_order.go: what a container gets, and when the pod is gone.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, seconds} from '../../src/engine/time.ts';
import {stopOf} from '../../src/node/termination.ts';
import type {PodSpec} from '../../src/objects/pod-spec.ts';
import {container, detailedWorld, podOn, probe, type Wishes} from './detailed-world.ts';

const write = milliseconds(5);

test('a container has its grace period less the whole seconds of its hook, two at least', () => {
  const never = Infinity;
  // grace, preStop, SIGTERM to end, all in seconds; when it ends and whether it was killed
  const rows: [number, number, number, number, boolean][] = [
    [30, 0, 1, 1, false],
    [30, 0, 30, 30, false],
    [30, 0, 31, 30, true],
    [30, 0, never, 30, true],
    [30, 5, 1, 6, false],
    [30, 5, never, 30, true],
    [30, 5.9, never, 30.9, true],
    [30, 29, never, 31, true],
    [30, 60, 1, 31, false],
    [30, 60, never, 32, true],
    [1, 0, never, 2, true],
    [0, 0, never, 2, true],
  ];
  for (const [grace, preStop, stopTime, takes, forced] of rows) {
    const found = stopOf({
      grace: seconds(grace),
      preStop: seconds(preStop),
      stopTime: seconds(stopTime),
    });
    assert.equal(found, {takes: seconds(takes), forced}, `${grace} ${preStop} ${stopTime}`);
  }
});

/** Seconds from the kubelet's learning of a deletion at 100 s to each thing told later. */
function stopped(spec: Partial<PodSpec>, wishes: Wishes = {}): string[] {
  const world = detailedWorld(wishes);
  const pod = podOn(world, spec);
  world.simulation.run(seconds(100));
  const before = world.told.lines().length;
  world.client.deletePod(pod);
  world.simulation.run(seconds(300));
  assert.is(world.machines.running(0 as never), 0);
  assert.is(world.simulation.eventsPending, 0);
  return world.told.lines().slice(before + 1);
}

test('a pod is gone once its containers have stopped and its sandbox is down', () => {
  const kubelet = {sandboxStop: '300ms', observe: '500ms', stopTime: '2s'};
  assert.equal(stopped({}, {kubelet}), [
    'main stopping at 1m 40.005s',
    'pod-0 deleted Deleted at 1m 43.31s',
    'pod-0 deleted at 1m 43.31s',
  ]);
});

test('a deletion that says how long it waits overrules the pod', () => {
  for (const grace of [5, 30, 60]) {
    const world = detailedWorld({behaviour: [{stopsAfter: '1h'}]});
    const pod = podOn(world, {});
    world.simulation.run(seconds(100));
    world.client.deletePod(pod, {grace: seconds(grace)});
    world.simulation.run(seconds(100 + grace));
    assert.is(world.machines.running(0 as never), 1, `${grace}s: still there`);
    world.simulation.run(seconds(101 + grace));
    assert.is(world.machines.running(0 as never), 0, `${grace}s: killed`);
  }
});

test('sidecars stop after all other containers, the last one first', () => {
  const sidecar = (name: string) => container(name, {sidecar: true});
  const spec = {
    initContainers: [sidecar('proxy'), sidecar('logs')],
    containers: [container('main'), container('other')],
  };
  const behaviour = [
    {container: 'main', stopsAfter: '10s'},
    {container: 'other', stopsAfter: '4s'},
  ];
  assert.equal(stopped(spec, {behaviour}), [
    'main stopping at 1m 40.005s',
    'other stopping at 1m 40.005s',
    'logs stopping at 1m 50.005s',
    'proxy stopping at 1m 51.005s',
    'pod-0 deleted Deleted at 1m 52.01s',
    'pod-0 deleted at 1m 52.01s',
  ]);
});

test('a sidecar has what the others left of the grace period', () => {
  const spec = {
    terminationGracePeriod: seconds(10),
    initContainers: [container('proxy', {sidecar: true})],
    containers: [container()],
  };
  const behaviour = [
    {container: 'main', stopsAfter: '6s'},
    {container: 'proxy', stopsAfter: '100s'},
  ];
  assert.is(stopped(spec, {behaviour}).at(-1), 'pod-0 deleted at 1m 50.01s');
});

test('a container that hangs is killed at the end of its grace period', () => {
  const behaviour = [{hangsAfter: '50s'}];
  assert.is(stopped({}, {behaviour}).at(-1), 'pod-0 deleted at 2m 10.01s');
});

test('a preStop hook runs before the container is told to stop', () => {
  const preStop = {handler: 'sleep', sleep: seconds(7)} as const;
  const spec = {containers: [container('main', {preStop})]};
  assert.is(stopped(spec).at(-1), 'pod-0 deleted at 1m 48.01s');
});

test('a pod waiting for its restart is gone without delay', () => {
  const behaviour = [{crashesAfter: '1s'}];
  const lines = stopped({}, {behaviour});
  assert.equal(lines, ['pod-0 deleted Deleted at 1m 40.01s', 'pod-0 deleted at 1m 40.01s']);
});

test('a pod deleted while its image is being pulled never starts', () => {
  const world = detailedWorld({present: [], sizes: {'registry.example/app:1': 2 ** 20 * 60}});
  const pod = podOn(world);
  world.simulation.run(seconds(20));
  world.client.deletePod(pod);
  world.simulation.run(seconds(300));
  assert.equal(world.told.words(), [
    'main pulling',
    'pod-0 terminating',
    'pod-0 deleted Deleted',
    'pod-0 deleted',
  ]);
});

test('a pod that is removed by force stops as soon as its kubelet learns of it', () => {
  const world = detailedWorld({behaviour: [{crashesAfter: '40s'}]});
  const containers = [container('main', {livenessProbe: probe(), readinessProbe: probe()})];
  const pod = podOn(world, {terminationGracePeriod: 0, containers});
  world.simulation.run(seconds(20));
  world.client.deletePod(pod);
  world.simulation.run(seconds(20) + write);
  assert.is(world.machines.running(0 as never), 0);
  assert.is(world.simulation.eventsPending, 0);
});

test.run();
