// Rules: reference 1.8, 6.2 and 9.3 on what clients of an API server notice, and when.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {noTiming} from '../../src/control-plane/timing.ts';
import {second, seconds} from '../../src/engine/time.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import {master, node, PlaneWorld} from './plane-world.ts';

const nodes = 300;

/** When the line of each node was found again, counted from now. */
function foundAfter(world: PlaneWorld): Map<NodeId, number> {
  const found = new Map<NodeId, number>();
  const from = world.simulation.now;
  world.plane.nodeLines.found.watch(id => found.set(id, (world.simulation.now - from) / second));
  return found;
}

function lostNow(world: PlaneWorld): NodeId[] {
  return Array.from({length: nodes}, (_, i) => node(i)).filter(
    id => !world.plane.nodeLines.open(id),
  );
}

test('nodes are dealt out evenly over the API servers', () => {
  const world = new PlaneWorld({nodes});
  world.masters.withoutApiServer.take(master(1));
  assert.is(lostNow(world).length, nodes / 3);
});

// How it ends, which clients, and until when all are with another: seconds from and to.
for (const [what, from, to] of [
  ['withoutApiServer', 0, 1],
  ['withoutPower', 10, 20],
  ['withoutLink', 10, 20],
] as const) {
  test(`kubelets of an API server ${what} are with another after ${from} to ${to} s`, () => {
    const world = new PlaneWorld({nodes});
    const found = foundAfter(world);
    world.masters[what].take(master(2));
    const lost = lostNow(world);
    world.run(seconds(60));
    assert.equal(new Set(found.keys()), new Set(lost));
    const times = [...found.values()].sort((a, b) => a - b);
    assert.ok(times[0] >= from && times[0] < from + 1, `${times[0]}`);
    assert.ok(times[times.length - 1] <= to && times[times.length - 1] > to - 1);
    assert.is(lostNow(world).length, 0);
  });
}

test('other programs give up a silent connection after 43 to 45 s', () => {
  const world = new PlaneWorld({});
  const lines = ['a', 'b', 'c'].map(name => world.plane.line(name));
  const found: number[] = [];
  for (const line of lines) line.found.watch(() => found.push(world.simulation.now / second));
  world.masters.withoutPower.take(master(1));
  assert.equal(
    lines.map(line => line.open),
    [true, false, true],
  );
  world.run(seconds(60));
  assert.is(found.length, 1);
  assert.ok(found[0] >= 43 && found[0] <= 45);
});

test('without any API server all wait, and are back within the back-off of their outage', () => {
  const world = new PlaneWorld({nodes});
  for (const i of [0, 1, 2]) world.masters.withoutApiServer.take(master(i));
  world.run(seconds(100));
  assert.is(lostNow(world).length, nodes);
  const found = foundAfter(world);
  world.masters.withoutApiServer.release(master(1));
  world.run(seconds(200));
  const times = [...found.values()].sort((a, b) => a - b);
  assert.is(times.length, nodes);
  // The API server takes 5 s to start, a kubelet tries again after at most 7.
  assert.ok(times[0] >= 5 && times[nodes - 1] <= 12, `${times[0]} ${times[nodes - 1]}`);
});

test('a link that is back before anybody gives up goes on as if nothing had been', () => {
  const world = new PlaneWorld({nodes: 3});
  world.machines.withoutLink.take(node(1));
  assert.equal([0, 1, 2].map(node).map(world.plane.nodeLines.open), [true, false, true]);
  world.run(seconds(5));
  world.machines.withoutLink.release(node(1));
  assert.is(world.plane.nodeLines.open(node(1)), true);
  world.run(seconds(100));
  assert.is(world.simulation.eventsHandled, 0);
});

test('a master that has booted meanwhile resets the connections it knows nothing of', () => {
  const world = new PlaneWorld({nodes: 3, masters: 1});
  world.masters.withoutPower.take(master(0));
  world.masters.withoutPower.release(master(0));
  assert.is(world.plane.nodeLines.open(node(0)), false);
  world.run(seconds(34));
  assert.is(world.plane.nodeLines.open(node(0)), false);
  world.run(seconds(45));
  assert.is(world.plane.nodeLines.open(node(0)), true);
});

test('a kubelet that starts connects at once, whatever its last one was waiting for', () => {
  const world = new PlaneWorld({nodes: 3});
  world.masters.withoutPower.take(master(0));
  const lost = [0, 1, 2].map(node).find(id => !world.plane.nodeLines.open(id));
  assert.ok(lost !== undefined);
  world.machines.withoutPower.take(lost);
  world.machines.withoutPower.release(lost);
  assert.is(world.plane.nodeLines.open(lost), true);
});

test('one machine that is master and node takes all down, and all comes back', () => {
  const world = new PlaneWorld({nodes: 1, masters: 1, shared: true});
  world.machines.withoutPower.take(node(0));
  assert.is(world.plane.serves(master(0)), false);
  assert.is(world.plane.writable, false);
  assert.is(world.plane.nodeLines.open(node(0)), false);
  world.machines.withoutPower.release(node(0));
  world.run(seconds(60));
  assert.is(world.plane.serves(master(0)), true);
  assert.is(world.plane.writable, true);
  assert.is(world.plane.nodeLines.open(node(0)), true);
});

test('a machine that is cut off still reaches the master on itself', () => {
  const world = new PlaneWorld({nodes: 2, masters: 1, shared: true});
  world.machines.withoutLink.take(node(0));
  assert.equal([0, 1].map(node).map(world.plane.nodeLines.open), [true, false]);
  assert.is(world.plane.etcd.writableFrom(master(0)), true);
});

test('a program of the control plane is with its own master, and moves with its leader', () => {
  const world = new PlaneWorld({});
  const line = world.plane.line('kube-scheduler');
  world.plane.started('kube-scheduler', master(2));
  world.masters.withoutApiServer.take(master(0));
  assert.is(line.open, true);
  world.masters.withoutApiServer.take(master(2));
  assert.is(line.open, false);
  world.run(seconds(60));
  assert.is(line.open, false);
  world.plane.started('kube-scheduler', master(1));
  assert.is(line.open, true);
});

test('without control-plane delays a line is never down while any API server is up', () => {
  const world = new PlaneWorld({nodes: 3, timing: noTiming});
  world.masters.withoutPower.take(master(0));
  world.masters.withoutApiServer.take(master(1));
  assert.equal([0, 1, 2].map(node).map(world.plane.nodeLines.open), [true, true, true]);
  world.masters.withoutLink.take(master(2));
  assert.is(world.plane.nodeLines.open(node(0)), false);
  world.masters.withoutApiServer.release(master(1));
  assert.is(world.plane.nodeLines.open(node(0)), true);
});

test.run();
