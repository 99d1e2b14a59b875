// A node that cannot reach the API: its kubelet goes on with what it knows.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../src/engine/time.ts';
import {write} from '../control-plane/world.ts';
import {failingWorld, kinds} from './failing-world.ts';

for (const kind of kinds) {
  test(`${kind}: what happened meanwhile is heard of when the line is back`, () => {
    const world = failingWorld(kind);
    const pod = world.pod();
    world.fail('link', 100);
    world.client.deletePod(pod);
    world.pod({}, 'pod-1');
    world.simulation.run(seconds(200));
    assert.equal(world.since(101), []);
    assert.is(world.machines.running(world.node), 1);
    world.machines.withoutLink.release(world.node);
    world.simulation.run(seconds(300));
    assert.is(world.told.times('pod-1 started')[0], seconds(201) + write);
    assert.is(world.store.pods.exists(pod), false);
  });

  test(`${kind}: a pod that was forced away runs until its node hears of it`, () => {
    const world = failingWorld(kind);
    const pod = world.pod();
    world.fail('link', 100);
    world.client.deletePod(pod, {grace: 0});
    world.simulation.run(seconds(150));
    const other = world.pod({nodeName: 'node-1'}, 'pod-1');
    world.simulation.run(seconds(200));
    assert.equal([...world.machines.pods(world.node)], [0]);
    world.machines.withoutLink.release(world.node);
    assert.is(world.machines.running(world.node), 0);
    world.simulation.run(seconds(300));
    assert.is(world.store.pods.ready(other), true);
  });

  test(`${kind}: a pod marked unready meanwhile is put right within ten seconds`, () => {
    const world = failingWorld(kind);
    const pod = world.pod();
    world.fail('link', 100);
    world.client.reportUnready(pod);
    world.simulation.run(seconds(200));
    world.machines.withoutLink.release(world.node);
    world.simulation.run(seconds(1000));
    assert.equal(world.since(200), ['pod-0 ready']);
    const wait = world.told.times('pod-0 ready')[1] - seconds(200);
    assert.ok(wait <= seconds(10) + write, `${wait}`);
  });

  test(`${kind}: a mark that comes only when the line is back is put right, too`, () => {
    const world = failingWorld(kind);
    const pod = world.pod();
    world.simulation.run(seconds(100));
    world.client.reportUnready(pod);
    world.simulation.run(seconds(1000));
    assert.equal(world.since(100), ['pod-0 unready', 'pod-0 ready']);
  });

  test(`${kind}: a kubelet that starts without a line takes up nothing`, () => {
    const world = failingWorld(kind);
    world.pod();
    world.fail('link', 50);
    world.fail('power', 100, 50);
    world.simulation.run(seconds(300));
    assert.is(world.machines.running(world.node), 0);
    world.machines.withoutLink.release(world.node);
    world.simulation.run(seconds(1000));
    assert.is(world.told.times('pod-0 ready').length, 2);
    assert.is(world.machines.running(world.node), 1);
  });
}

test('a pod that was deleted and ended meanwhile is removed when the line is back', () => {
  const world = failingWorld('detailed', {behaviour: [{exitsAfter: '150s'}]});
  const pod = world.pod({restartPolicy: 'Never'});
  world.fail('link', 100);
  world.client.deletePod(pod);
  world.simulation.run(seconds(200));
  assert.is(world.store.pods.phase(pod), 'Succeeded');
  world.machines.withoutLink.release(world.node);
  world.simulation.run(seconds(210));
  assert.is(world.store.pods.exists(pod), false);
});

test('containers are restarted without a line, too', () => {
  const world = failingWorld('detailed', {behaviour: [{crashesAfter: '150s'}]});
  world.pod();
  world.fail('link', 100, 300);
  assert.equal(world.told.times('main started'), [1, 151, 311].map(seconds));
});

test.run();
