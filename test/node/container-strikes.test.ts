// What faults do to containers, and what containers do by themselves: when the kubelet sees it, and
// what its consequences go back to.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {minutes, seconds, type Time} from '../../src/engine/time.ts';
import type {CauseId} from '../../src/objects/causes.ts';
import type {Container, PodSpec} from '../../src/objects/pod-spec.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {container, type DetailedWorld, detailedWorld, podOn, probe} from './detailed-world.ts';

function struck(
  strike: (world: DetailedWorld) => void,
  {at, more = {}, spec = {}, seed = 1}: {at: Time; more?: object; spec?: object; seed?: number},
): DetailedWorld {
  const world = detailedWorld({seed});
  const main = container('main', more as Partial<Container>);
  podOn(world, {containers: [main, container('other')], ...(spec as Partial<PodSpec>)});
  const fault = world.simulation.event('test.fault', () => {
    world.store.causes.begin({origin: 'fault', kind: 'test', target: 'pod/default/pod-0'});
    strike(world);
  });
  fault.at(at);
  return world;
}

const pod = 0 as never;

/** Kinds of causes begun, oldest first, each with what it goes back to. */
function causes({store}: DetailedWorld): string[] {
  return [...store.causes.all()].map(([, {kind, parent}]) => {
    const from = store.causes.get(parent as CauseId);
    return from === undefined ? kind : `${kind} of ${from.kind}`;
  });
}

test('a crash ends the running containers at once, and each is restarted', () => {
  const world = struck(({physics}) => physics.crash(pod, {exitCode: 139}), {at: seconds(20)});
  world.simulation.run(seconds(25));
  assert.equal(world.told.times('main started'), [seconds(1), seconds(20)]);
  assert.equal(world.told.times('other started'), [seconds(1), seconds(20)]);
  assert.equal(causes(world), ['test']);
});

test('a crash of one container leaves the others alone, and policy decides', () => {
  const crash = ({physics}: DetailedWorld) => physics.crash(pod, {container: 'main', exitCode: 1});
  const world = struck(crash, {at: seconds(20), spec: {restartPolicy: 'Never'}});
  world.simulation.run(seconds(25));
  assert.equal(world.told.times('main started'), [seconds(1)]);
  assert.is(world.store.pods.phase(pod), 'Running');
  assert.is(world.store.pods.ready(pod), false);
});

test('what a strike leads to bears its cause', () => {
  const crash = ({physics}: DetailedWorld) => physics.crash(pod, {exitCode: 1});
  const world = struck(crash, {at: seconds(20)});
  const seen: number[] = [];
  const {simulation, store} = world;
  for (const signal of [store.signals.unready, store.signals.ready, store.signals.restarted]) {
    signal.watch(() => seen.push(simulation.cause));
  }
  simulation.run(seconds(30));
  assert.equal(new Set(seen.slice(1)), new Set([1]), `ready at first without one: ${seen}`);
});

// U(0, period) + (failureThreshold - 1) period + timeout.
test('a hang is detected by liveness within 20 to 31 seconds, whenever it comes', () => {
  forEachSeed(40, seed => {
    const at = seconds(100 + seed / 3);
    const hang = ({physics}: DetailedWorld) => physics.hang(pod, undefined);
    const world = struck(hang, {at, seed, more: {livenessProbe: probe()}});
    world.simulation.run(seconds(200));
    const [killed] = world.told.times('main killed-unhealthy');
    assert.ok(killed - at >= seconds(20) && killed - at <= seconds(31), `${killed - at}`);
    assert.ok(world.told.times('main started').length === 2, 'killed after its grace, restarted');
    assert.equal(world.told.times('other started').length, 1);
  });
});

test('a hang that is over soon enough goes unseen, a longer one makes the pod unready', () => {
  const rows: [hang: number, unready: number[], ready: number[]][] = [
    [20, [], []],
    [35, [121], [140]],
  ];
  for (const [lasts, unready, ready] of rows) {
    const hang = ({physics}: DetailedWorld) => physics.hang(pod, seconds(lasts));
    const more = {readinessProbe: probe()};
    const world = struck(hang, {at: seconds(100), more});
    world.simulation.run(minutes(5));
    const told = (what: string) => world.told.times(what).map(at => Math.floor(at / seconds(1)));
    assert.equal(
      told('pod-0 unready').slice(0, 9),
      unready.map(at => at + 1),
      `${lasts}`,
    );
    assert.equal(
      told('pod-0 ready').slice(1),
      ready.map(at => at + 1),
      `${lasts}`,
    );
  }
});

test('crash after crash by itself is one chain', () => {
  const world = detailedWorld({behaviour: [{crashesAfter: '5s'}]});
  podOn(world);
  world.simulation.run(minutes(10));
  assert.equal(causes(world), ['container-crash']);
  const [[, cause]] = [...world.store.causes.all()];
  assert.equal([cause.origin, cause.target, cause.time], ['itself', 'pod/default/pod-0', 6e6]);
});

test('a container that had worked for long is news when it crashes', () => {
  const rows: [string, string[]][] = [
    ['5m', ['operation', 'container-crash of operation']],
    ['11m', ['operation', 'container-crash', 'container-crash']],
  ];
  for (const [crashesAfter, expected] of rows) {
    const world = detailedWorld({behaviour: [{crashesAfter}]});
    world.store.causes.begin({origin: 'operation', kind: 'operation', target: ''});
    podOn(world);
    world.simulation.run(minutes(23));
    assert.equal(causes(world), expected, crashesAfter);
  }
});

test('an end that is meant to be has no cause of its own', () => {
  const rows: [object, object, string[]][] = [
    [{exitsAfter: '5s'}, {restartPolicy: 'OnFailure'}, []],
    [{exitsAfter: '5s'}, {restartPolicy: 'Always'}, ['container-exit']],
    [{exitsAfter: '5s', exitCode: 2}, {restartPolicy: 'Never'}, ['container-crash']],
    [{hangsAfter: '5s'}, {}, ['pod-hang']],
  ];
  for (const [behaviour, spec, expected] of rows) {
    const world = detailedWorld({behaviour: [behaviour]});
    podOn(world, spec);
    world.simulation.run(minutes(2));
    assert.equal(causes(world), expected);
  }
});

test('a pod that is gone, or not yet there, cannot be struck', () => {
  const world = detailedWorld();
  world.physics.crash(7 as never, {exitCode: 1});
  podOn(world);
  world.physics.hang(pod, seconds(1));
  world.physics.leak(pod, 1000);
  world.simulation.run(seconds(10));
  assert.is(world.store.pods.ready(pod), true);
});

test.run();
