// Reboots: pods end with the power, or before it in good order.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../src/engine/time.ts';
import {write} from '../control-plane/world.ts';
import {failingWorld, kinds} from './failing-world.ts';

const graceful = {shutdownGracePeriod: '30s', shutdownGracePeriodCriticalPods: '10s'};
const critical = 2_000_000_000;

function terminated({told}: ReturnType<typeof failingWorld>, name: string) {
  const isMeant = (what: string) => what.startsWith(name) && what.endsWith('Terminated');
  return told.entries().find(({what}) => isMeant(what))?.at;
}

for (const kind of kinds) {
  test(`${kind}: without time for it, a reboot takes the power at once`, () => {
    const world = failingWorld(kind);
    world.pod();
    world.simulation.run(seconds(100));
    world.reboots.reboot(world.node, seconds(20));
    assert.is(world.machines.powered(world.node), false);
    world.simulation.run(seconds(1000));
    assert.equal(world.since(100), ['pod-0 unready', 'pod-0 restarted', 'pod-0 ready']);
    // 20 s without power, 30 s for the boot.
    assert.is(world.told.times('pod-0 unready')[0], seconds(150) + write);
  });

  test(`${kind}: with time for it, pods have Failed before the power goes, critical ones last`, () => {
    const world = failingWorld(kind, {kubelet: graceful});
    const spec = {terminationGracePeriod: seconds(3)};
    world.pod(spec);
    world.pod({...spec, priority: critical}, 'pod-critical');
    world.simulation.run(seconds(100));
    world.reboots.reboot(world.node, seconds(20));
    world.simulation.run(seconds(1000));
    const [first, last] = ['pod-0', 'pod-critical'].map(name => terminated(world, name));
    // Simple containers ignore SIGTERM, others take a second to stop.
    const takes = kind === 'simple' ? 3 : 1;
    assert.equal(
      [first, last],
      [100 + takes, 100 + 2 * takes].map(at => seconds(at) + write),
    );
    assert.equal([world.store.pods.count, world.machines.running(world.node)], [2, 0]);
  });

  test(`${kind}: the power goes when the time is up, whatever still runs`, () => {
    const world = failingWorld(kind, {kubelet: {...graceful, stopTime: '60s'}});
    const went: number[] = [];
    world.reboots.wentDown.watch(() => went.push(world.simulation.now));
    for (const name of ['pod-0', 'pod-1']) world.pod({terminationGracePeriod: seconds(60)}, name);
    world.pod({terminationGracePeriod: seconds(60), priority: critical}, 'pod-2');
    world.simulation.run(seconds(100));
    world.reboots.reboot(world.node, seconds(20));
    world.simulation.run(seconds(1000));
    // Each is given what its group has: 20 s and 10 s.
    assert.ok(went[0] <= seconds(130), `${went}`);
    assert.is(world.told.words().filter(what => what.endsWith('Terminated')).length >= 2, true);
  });

  test(`${kind}: a node that shuts down is not ready at once, and takes no pods`, () => {
    const world = failingWorld(kind, {kubelet: graceful});
    world.pod({terminationGracePeriod: seconds(10)});
    world.simulation.run(seconds(100));
    world.reboots.reboot(world.node, seconds(20));
    world.simulation.run(seconds(100) + write);
    const {conditions} = world.store.nodes.get(world.node) ?? {};
    assert.equal([conditions?.ready, conditions?.readyReason], ['False', 'KubeletNotReady']);
    world.pod({}, 'pod-1');
    world.simulation.run(seconds(1000));
    assert.is(world.told.times('pod-1 failed NodeShutdown').length, 1);
    assert.is(world.store.nodes.get(world.node)?.conditions.ready, 'True');
  });

  test(`${kind}: power lost on the way down ends the shutdown`, () => {
    const world = failingWorld(kind, {kubelet: graceful});
    const pod = world.pod({terminationGracePeriod: seconds(20)});
    world.simulation.run(seconds(100));
    world.reboots.reboot(world.node, seconds(20));
    world.fail('power', 100.5, 5);
    world.simulation.run(seconds(1000));
    assert.is(world.store.pods.ready(pod), true);
    assert.is(world.told.times('pod-0 unready')[0], seconds(150.5) + write);
  });
}

test.run();
