// When a node counts as lost: pkg/controller/nodelifecycle, default flags. From the crash 40 to 55 s
// with a mean near 47.5 s (30 to 45 s and 37.5 s up to 1.31), from its last heartbeat 50 to 55 s.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {inSeconds, seconds} from '../../../src/engine/time.ts';
import type {KubernetesMinor} from '../../../src/objects/version.ts';
import {forEachSeed} from '../../support/for-each-seed.ts';
import {nodeWith} from '../../support/pods-and-nodes.ts';
import {node, runningWorld, timeUntil} from './lost-nodes.ts';

const two = [nodeWith('a'), nodeWith('b')];
/** A write takes 5 ms in this world, and heartbeats are seen 3 ms after they are stored. */
const slack = 0.01;

type Detection = {readonly crash: number; readonly heartbeat: number};

function detection(seed: number, kubernetes: KubernetesMinor): Detection {
  const world = runningWorld({seed, nodes: two, kubernetes}, seconds(100) + 7919 * seed);
  const crash = world.simulation.now;
  const age = crash - world.heartbeats.lastRenewal(node(1));
  world.crash(node(1));
  const time = timeUntil(world, () => world.node(node(1)).conditions.ready === 'Unknown');
  return {crash: inSeconds(time), heartbeat: inSeconds(time + age)};
}

for (const [kubernetes, grace, seeds] of [
  [31, 40, 2000],
  [32, 50, 200],
  [36, 50, 2000],
] as const) {
  test(`a node is lost ${grace - 10} to ${grace + 5} s after its crash with 1.${kubernetes}`, () => {
    let sum = 0;
    const seen = new Set<number>();
    forEachSeed(seeds, seed => {
      const {crash, heartbeat} = detection(seed, kubernetes);
      assert.ok(heartbeat >= grace && heartbeat <= grace + 5 + slack, `${heartbeat}`);
      assert.ok(crash >= grace - 10.4 && crash <= grace + 5 + slack, `${crash}`);
      sum += crash;
      seen.add(Math.floor(crash));
    });
    // Age of the heartbeat of mean 5.1 s, pass 2.5 s later; standard deviation of the sum 3.3 s.
    const mean = sum / seeds;
    assert.ok(Math.abs(mean - (grace - 2.6)) < 10 / Math.sqrt(seeds), `mean ${mean}`);
    assert.ok(seen.size >= 15, 'every second of the range occurs');
  });
}

for (const [flags, from, to] of [
  [{nodeMonitorGracePeriod: '20s', nodeMonitorPeriod: '2s'}, 9.6, 22],
  [{nodeMonitorGracePeriod: '16s', nodeMonitorPeriod: '5s'}, 5.6, 25],
] as const) {
  test(`with ${JSON.stringify(flags)} a node is lost after ${from} to ${to} s`, () => {
    forEachSeed(200, seed => {
      const world = runningWorld({seed, nodes: two, flags}, seconds(100) + 7919 * seed);
      world.crash(node(1));
      const time = timeUntil(world, () => world.node(node(1)).conditions.ready === 'Unknown');
      assert.ok(inSeconds(time) >= from && inSeconds(time) <= to + slack, `${inSeconds(time)}`);
    });
  });
}

test('a node that beats again in time is never lost', () => {
  forEachSeed(50, seed => {
    const world = runningWorld({seed, nodes: two}, seconds(100) + 7919 * seed);
    world.crash(node(1));
    world.simulation.run(world.simulation.now + seconds(39));
    world.recover(node(1));
    world.simulation.run(world.simulation.now + seconds(600));
    assert.is(world.node(node(1)).conditions.readyReason, 'KubeletReady');
    assert.is(world.taints(node(1)), '');
  });
});

test('healthy nodes cost no event', () => {
  const world = runningWorld({nodes: two}, seconds(100));
  const {eventsHandled} = world.simulation;
  world.simulation.run(seconds(86_400));
  assert.is(world.simulation.eventsHandled, eventsHandled);
});

test.run();
