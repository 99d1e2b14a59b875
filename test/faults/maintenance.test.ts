// Rounds of maintenance: so many nodes at a time, each emptied, rebooted and let in again.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {hour, minute, minutes, seconds} from '../../src/engine/time.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import {downTimes, faultWorld} from './world.ts';

const fault = {kind: 'maintenance', at: '1h', downtime: '5m'};

/** When machines went down and came back, in seconds after the first hour. */
function played(more: object, nodes = 5) {
  const world = faultWorld({nodes, faults: [{...fault, ...more}]});
  const downs = downTimes(world);
  world.start();
  world.simulation.run(10 * hour);
  const times = downs.map(({node, from, to}) => [
    node,
    (from - hour) / seconds(1),
    (to - hour) / seconds(1),
  ]);
  return {...world, downs, times};
}

// A drain takes a minute there, and the first look is ten seconds after the machine is back.
test('one after the other', () => {
  const {times, store, simulation} = played({}, 3);
  assert.equal(times, [
    [0, 60, 360],
    [1, 430, 730],
    [2, 800, 1100],
  ]);
  const causes = [...store.causes.all()].map(([, cause]) => cause);
  const target = 'node/n-0 node/n-1 node/n-2';
  const until = hour + seconds(1110);
  assert.equal(causes, [
    {origin: 'fault', kind: 'maintenance', target, time: hour, parent: 0, until},
  ]);
  assert.is(simulation.eventsPending, 0);
});

test('two at a time, with a rest between them', () => {
  const {times} = played({atOnce: 2, settle: '50s'});
  assert.equal(times, [
    [0, 60, 360],
    [1, 60, 360],
    [2, 480, 780],
    [3, 480, 780],
    [4, 900, 1200],
  ]);
});

test('a node stays cordoned until it is Ready', () => {
  const world = faultWorld({nodes: 2, faults: [fault]});
  const {store, machines, simulation} = world;
  const ready = (node: NodeId, ready: 'True' | 'False') => {
    const object = store.nodes.get(node);
    if (object === undefined) return;
    const conditions = {...object.conditions, ready};
    store.nodes.replace(node, {...object, conditions}, simulation.now);
  };
  const booted = simulation.event('test.ready', (node: NodeId) => ready(node, 'True'));
  machines.poweredOff.watch(node => ready(node, 'False'));
  machines.poweredOn.watch(node => booted.after(seconds(25), node));
  world.start();
  const cordoned = (time: number) => {
    simulation.run(hour + time);
    return [...store.nodes.all()].map(([, {unschedulable}]) => unschedulable);
  };
  assert.equal(cordoned(seconds(65)), [true, false]);
  assert.equal(cordoned(seconds(360 + 29)), [true, false]);
  assert.equal(cordoned(seconds(360 + 30)), [false, false]);
});

test('without a drain nothing is cordoned', () => {
  const {times, store} = played({drain: false}, 2);
  assert.equal(times, [
    [0, 0, 300],
    [1, 310, 610],
  ]);
  assert.ok([...store.nodes.all()].every(([, node]) => !node.unschedulable));
});

test('a round that is due while one is under way is left out', () => {
  const {downs} = played({at: '1h', every: '10m', until: '1h30m'}, 3);
  // 18.5 minutes each, so those at 10 and 30 minutes find one going on.
  const starts = downs.filter(({node}) => node === 0).map(({from}) => from / minute);
  assert.equal(starts, [61, 81]);
});

test('only the nodes that are meant, and not one that is gone', () => {
  const world = faultWorld({nodes: 6, faults: [{...fault, node: {zone: 'a'}}]});
  const downs = downTimes(world);
  world.start();
  world.simulation.run(hour + minutes(2));
  world.store.nodes.delete(2 as NodeId, world.simulation.now);
  world.simulation.run(10 * hour);
  assert.equal(
    downs.map(({node}) => node),
    [0, 4],
  );
});

test('a reboot takes the power of the nodes meant for as long as it says', () => {
  const reboot = {kind: 'node-reboot', node: {zone: 'b'}, at: '1m', downtime: '40s'};
  const world = faultWorld({nodes: 4, faults: [reboot]});
  const downs = downTimes(world);
  world.start();
  world.simulation.run(hour);
  const [from, to] = [minute, minute + seconds(40)];
  assert.equal(downs, [
    {node: 1, from, to},
    {node: 3, from, to},
  ]);
});

test.run();
