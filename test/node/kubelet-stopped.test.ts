// A node whose kubelet has stopped, and starts again: containers run on.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../src/engine/time.ts';
import {write} from '../control-plane/world.ts';
import {container, probe} from './detailed-world.ts';
import {failingWorld, kinds} from './failing-world.ts';

for (const kind of kinds) {
  test(`${kind}: pods run on without their kubelet, and are not restarted by its return`, () => {
    const world = failingWorld(kind);
    const pod = world.pod();
    world.fail('kubelet', 100, 400);
    world.simulation.run(seconds(1000));
    assert.equal(world.since(100), []);
    assert.equal([world.machines.running(world.node), world.store.pods.restarts(pod)], [1, 0]);
  });

  test(`${kind}: a pod marked unready meanwhile is told to be ready as soon as it is back`, () => {
    const world = failingWorld(kind);
    const pod = world.pod();
    world.fail('kubelet', 100);
    world.client.reportUnready(pod);
    world.simulation.run(seconds(200));
    world.machines.withoutKubelet.release(world.node);
    world.simulation.run(seconds(200) + write);
    assert.is(world.store.pods.ready(pod), true);
  });

  test(`${kind}: nothing is started or stopped meanwhile, all of it then`, () => {
    const world = failingWorld(kind);
    const pod = world.pod();
    world.fail('kubelet', 100);
    world.client.deletePod(pod);
    world.pod({}, 'pod-1');
    world.simulation.run(seconds(200));
    assert.is(world.machines.running(world.node), 1);
    assert.equal(world.since(101), []);
    world.machines.withoutKubelet.release(world.node);
    world.simulation.run(seconds(300));
    const [started] = world.told.times('pod-1 started');
    assert.is(started, seconds(201) + write);
    assert.is(world.store.pods.exists(pod), false);
  });

  test(`${kind}: a start that was under way is begun again`, () => {
    const world = failingWorld(kind, {kubelet: {podStart: '10s'}});
    world.simulation.run(seconds(95));
    world.pod();
    world.fail('kubelet', 100, 50);
    world.simulation.run(seconds(1000));
    assert.equal(world.told.times('pod-0 started'), [seconds(160) + write]);
  });

  test(`${kind}: power lost and back without a kubelet starts nothing until there is one`, () => {
    const world = failingWorld(kind);
    world.pod();
    world.fail('kubelet', 50);
    world.fail('power', 100, 50);
    world.simulation.run(seconds(300));
    assert.is(world.machines.running(world.node), 0);
    world.machines.withoutKubelet.release(world.node);
    world.simulation.run(seconds(1000));
    assert.equal(world.since(300), ['pod-0 unready', 'pod-0 restarted', 'pod-0 ready']);
  });

  test(`${kind}: a lifetime that ends meanwhile is seen then`, () => {
    const world = failingWorld(kind);
    world.pod({}, 'pod-0', seconds(60));
    world.fail('kubelet', 50, 50);
    world.simulation.run(seconds(1000));
    assert.equal(world.told.times('pod-0 succeeded Completed'), [seconds(100) + write]);
  });
}

test('a container that ended meanwhile is seen to have, and started again without a back-off', () => {
  const world = failingWorld('detailed', {behaviour: [{crashesAfter: '40s'}]});
  const pod = world.pod();
  world.fail('kubelet', 20, 80);
  world.simulation.run(seconds(105));
  assert.equal(world.told.times('main started'), [1, 100].map(seconds));
  assert.is(world.store.pods.restarts(pod), 1);
});

test('nobody probes meanwhile: a hang is found by the next kubelet, from its start on', () => {
  const behaviour = [{hangsAfter: '50s'}];
  const world = failingWorld('detailed', {behaviour});
  world.pod({containers: [container('main', {livenessProbe: probe()})]});
  world.fail('kubelet', 20, 80);
  world.simulation.run(seconds(400));
  const [killed] = world.told.times('main killed-unhealthy');
  // The probe's first tick comes within a period of the start; two more and the timeout follow.
  assert.ok(killed > seconds(121) && killed <= seconds(131), `${killed}`);
});

test('what was ready stays ready while the next kubelet begins to probe', () => {
  const world = failingWorld('detailed');
  const spec = {containers: [container('main', {readinessProbe: probe()})]};
  world.pod(spec);
  world.fail('kubelet', 20, 80);
  world.simulation.run(seconds(400));
  assert.equal(world.since(20), []);
});

test('a container that was about to be stopped ends all the same', () => {
  const world = failingWorld('detailed', {kubelet: {stopTime: '10s'}});
  const pod = world.pod();
  world.simulation.run(seconds(95));
  world.client.deletePod(pod);
  world.fail('kubelet', 100, 100);
  world.simulation.run(seconds(300));
  assert.is(world.store.pods.exists(pod), false);
  assert.ok(world.told.times('pod-0 deleted')[0] >= seconds(200));
});

test.run();
