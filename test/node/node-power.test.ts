// A node that loses its power and gets it back.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, seconds} from '../../src/engine/time.ts';
import type {CauseId} from '../../src/objects/causes.ts';
import type {PodId} from '../../src/objects/ids.ts';
import {write} from '../control-plane/world.ts';
import {container} from './detailed-world.ts';
import {failingWorld, kinds} from './failing-world.ts';

/** Start after boot: one second in either life, and the report. */
const start = seconds(1) + write;

for (const kind of kinds) {
  test(`${kind}: containers end at the instant of power-off, and the API says what it said`, () => {
    const world = failingWorld(kind);
    const pod = world.pod();
    world.fail('power', 100);
    assert.is(world.machines.running(world.node), 0);
    const pending = world.simulation.eventsPending;
    world.simulation.run(seconds(1000));
    assert.equal([world.store.pods.phase(pod), world.store.pods.ready(pod)], ['Running', true]);
    assert.equal([pending, world.since(100)], [0, []]);
  });

  test(`${kind}: a node that is back has the same pods, with new containers`, () => {
    const world = failingWorld(kind);
    const pod = world.pod();
    world.fail('power', 100, 60);
    world.simulation.run(seconds(1000));
    const {told, store} = world;
    assert.equal(world.since(100), ['pod-0 unready', 'pod-0 restarted', 'pod-0 ready']);
    // 30 s for the boot.
    assert.equal(told.times('pod-0 unready'), [seconds(190) + write]);
    assert.equal(told.times('pod-0 ready').at(-1), seconds(190) + start);
    assert.equal([store.pods.restarts(pod), store.pods.created], [1, 1]);
    assert.is(world.machines.running(world.node), 1);
  });

  test(`${kind}: a pod that the node controller has marked is ready again, too`, () => {
    const world = failingWorld(kind);
    const pod = world.pod();
    world.fail('power', 100);
    world.client.reportUnready(pod);
    world.simulation.run(seconds(200));
    world.machines.withoutPower.release(world.node);
    world.simulation.run(seconds(1000));
    assert.equal(world.since(200), ['pod-0 restarted', 'pod-0 ready']);
  });

  test(`${kind}: a pod deleted meanwhile is confirmed gone, and never starts`, () => {
    const world = failingWorld(kind);
    const pod = world.pod();
    world.fail('power', 100);
    world.client.deletePod(pod);
    world.simulation.run(seconds(400));
    assert.is(world.store.pods.exists(pod), true);
    world.machines.withoutPower.release(world.node);
    world.simulation.run(seconds(430) + write);
    assert.equal(world.since(400), ['pod-0 deleted Deleted', 'pod-0 deleted']);
    assert.is(world.simulation.eventsPending, 0);
  });

  test(`${kind}: a pod forced away meanwhile is forgotten, and its number used again`, () => {
    const world = failingWorld(kind);
    const pod = world.pod();
    world.fail('power', 100);
    world.client.deletePod(pod, {grace: 0});
    world.simulation.run(seconds(150));
    const other = world.pod({nodeName: 'node-1'}, 'pod-1');
    assert.is.not(other, pod);
    world.machines.withoutPower.release(world.node);
    world.simulation.run(seconds(300));
    assert.is(world.pod({}, 'pod-2'), pod);
    world.simulation.run(seconds(400));
    assert.equal(
      [0, 1].map(node => world.machines.running(node as never)),
      [1, 1],
    );
  });

  test(`${kind}: pods bound meanwhile start once it is back, others never did`, () => {
    const world = failingWorld(kind);
    world.fail('power', 100);
    world.pod({}, 'pod-1');
    const gone = world.pod({}, 'pod-2');
    world.client.deletePod(gone, {grace: 0});
    world.simulation.run(seconds(200));
    world.machines.withoutPower.release(world.node);
    world.simulation.run(seconds(1000));
    assert.equal(world.since(200), ['pod-1 started', 'pod-1 ready']);
    assert.is(world.told.times('pod-1 started')[0], seconds(230) + start);
  });

  test(`${kind}: power lost during the boot, or twice at once, is lost until the last is back`, () => {
    const world = failingWorld(kind);
    world.pod();
    world.fail('power', 100, 10);
    world.fail('power', 120, 10);
    world.machines.withoutPower.take(world.node);
    world.fail('power', 140, 10);
    world.simulation.run(seconds(300));
    world.machines.withoutPower.release(world.node);
    world.simulation.run(seconds(1000));
    assert.is(world.told.times('pod-0 ready').at(-1), seconds(330) + start);
    assert.is(world.told.times('pod-0 restarted').length, 1);
  });

  test(`${kind}: where nothing is to be restarted, a pod that ran has Failed`, () => {
    const world = failingWorld(kind);
    world.pod({restartPolicy: 'Never'});
    world.fail('power', 100, 10);
    world.simulation.run(seconds(1000));
    assert.equal(world.since(100), ['pod-0 failed Error']);
  });

  test(`${kind}: a lifetime begins anew`, () => {
    const world = failingWorld(kind);
    world.pod({}, 'pod-0', seconds(60));
    world.fail('power', 50, 10);
    world.simulation.run(seconds(1000));
    const over = world.told.times('pod-0 deleted');
    // A kubelet sees the end of a container, and asks for its deletion when it has told of it.
    assert.ok(Math.abs(over[0] - seconds(90 + 61)) < milliseconds(20), `${over}`);
  });
}

for (const kind of kinds) {
  test(`${kind}: what a node does when it is back goes back to what took its power`, () => {
    const world = failingWorld(kind);
    const {store, simulation, machines} = world;
    world.pod();
    const doomed = world.pod({}, 'pod-1');
    simulation.run(seconds(100));
    const fault = store.causes.begin({origin: 'fault', kind: 'node-crash', target: 'node/node-0'});
    machines.withoutPower.take(world.node);
    const causes: string[] = [];
    const note = (pod: PodId) =>
      causes.push(`${store.pods.name(pod)} ${store.causes.get(simulation.cause as CauseId)?.kind}`);
    for (const signal of [store.signals.ready, store.signals.deleted]) signal.watch(note);
    simulation.run(seconds(150));
    store.causes.begin({origin: 'operation', kind: 'delete', target: 'pod/pod-1'});
    world.client.deletePod(doomed);
    simulation.run(seconds(200));
    simulation.cause = fault;
    machines.withoutPower.release(world.node);
    simulation.run(seconds(1000));
    assert.equal(causes.sort(), ['pod-0 node-crash', 'pod-1 delete']);
  });
}

test('init containers run again, each container counts as restarted, and back-offs begin anew', () => {
  const behaviour = [
    {container: 'init', exitsAfter: '2s'},
    {container: 'main', crashesAfter: '5s'},
  ];
  const world = failingWorld('detailed', {behaviour});
  const spec = {initContainers: [container('init')]};
  const pod = world.pod(spec);
  world.fail('power', 100);
  const before = world.store.pods.restarts(pod);
  world.simulation.run(seconds(110));
  world.machines.withoutPower.release(world.node);
  // 140 s up, 141 s sandbox, 143 s main: 148 s first crash, which restarts at once, then 10 s.
  world.simulation.run(seconds(155));
  assert.equal(world.told.times('init started').at(-1), seconds(141));
  const restarts = world.told.times('main started').filter(at => at > seconds(100));
  assert.equal(restarts, [143, 148].map(seconds));
  // init, main, and main after its crash.
  assert.is(world.store.pods.restarts(pod) - before, 3);
});

test('what has succeeded is not run again where only failure restarts', () => {
  const behaviour = [{container: 'job', exitsAfter: '5s'}];
  const world = failingWorld('detailed', {behaviour});
  world.pod({restartPolicy: 'OnFailure', containers: [container('job'), container('main')]});
  world.fail('power', 100, 10);
  world.simulation.run(seconds(1000));
  assert.is(world.told.times('job started').length, 1);
  assert.is(world.told.times('main started').length, 2);
});

test('a pull under way is lost with the power, and begun again', () => {
  const world = failingWorld('detailed', {present: []});
  world.pod();
  // 10 MiB at 1 MiB a second, from 1 s on.
  world.fail('power', 8, 10);
  world.simulation.run(seconds(1000));
  assert.equal(world.told.times('main pulling'), [1, 49].map(seconds));
  assert.equal(world.told.times('main started'), [seconds(59)]);
});

test('a slow node takes so many times as long to boot, to pull and to start', () => {
  const world = failingWorld('detailed', {present: []});
  world.machines.slow(world.node, 3);
  world.pod();
  world.fail('power', 100, 10);
  world.simulation.run(seconds(1000));
  assert.equal(world.told.times('main started'), [33, 203].map(seconds));
});

test.run();
