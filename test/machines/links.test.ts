// Who can have a connection with whom, under each kind of fault. Nodes 0 and 2 are in zone a, 1 and
// 3 in zone b; racks are r1, r2, r3, r1.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../src/engine/random.ts';
import {seconds} from '../../src/engine/time.ts';
import {Links, type Place} from '../../src/machines/links.ts';
import type {Cut} from '../../src/machines/partitions.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import {faultWorld} from '../faults/world.ts';
import {forEachSeed} from '../support/for-each-seed.ts';

const places: readonly Place[] = [0, 1, 2, 3, undefined].map(place => place as Place);
const nameOf = (place: Place) => (place === undefined ? 'out' : String(place));

function world(faults: readonly object[]) {
  const made = faultWorld({nodes: 4, masters: 1, faults});
  made.start();
  return {...made, links: new Links(made)};
}

/** Pairs without a connection, as `0-1`; a place with itself only where it has none either. */
function apart(links: Links): string[] {
  return places.flatMap((one, i) =>
    places
      .slice(i)
      .filter(other => !links.connect(one, other))
      .map(other => `${nameOf(one)}-${nameOf(other)}`),
  );
}

const during = {at: '10s', lasts: '10s'};
const ofNode0 = ['0-1', '0-2', '0-3', '0-out'];
const betweenZones = ['0-1', '0-3', '1-2', '2-3'];

test('faults of power and of the network part those whom they strike', () => {
  const rows: [object, string[]][] = [
    [{kind: 'node-unreachable', node: 'n-0'}, ofNode0],
    // A connection needs both ways.
    [{kind: 'node-unreachable', node: 'n-0', way: 'from-node'}, ofNode0],
    [{kind: 'node-unreachable', node: 'n-0', way: 'to-node'}, ofNode0],
    [{kind: 'node-crash', node: 'n-0'}, ['0-0', ...ofNode0]],
    [{kind: 'network-partition', between: {zone: 'a'}, and: {zone: 'b'}}, betweenZones],
    [
      {kind: 'network-partition', between: {zone: 'a'}, and: {zone: 'b'}, way: 'forth'},
      betweenZones,
    ],
    [{kind: 'network-partition', between: 'n-0', and: 'n-3'}, ['0-3']],
    // All others are outside, too.
    [
      {kind: 'network-partition', between: {zone: 'a'}},
      ['0-1', '0-3', '0-out', '1-2', '2-3', '2-out'],
    ],
    // Pods and their clients do not need the masters.
    [{kind: 'network-partition', between: 'masters'}, []],
    [{kind: 'network-partition', between: 'n-0', and: 'masters'}, []],
    [
      {kind: 'zone-outage', zone: 'a', what: 'link'},
      ['0-1', '0-3', '0-out', '1-2', '2-3', '2-out'],
    ],
    [
      {kind: 'rack-outage', rack: 'r1', what: 'link'},
      ['0-1', '0-2', '0-out', '1-3', '2-3', '3-out'],
    ],
    [
      {kind: 'zone-outage', zone: 'a'},
      ['0-0', '0-1', '0-2', '0-3', '0-out', '1-2', '2-2', '2-3', '2-out'],
    ],
    [{kind: 'kubelet-stop', node: 'n-0'}, []],
    [{kind: 'api-server-crash', master: 'master-0'}, []],
  ];
  for (const [fault, pairs] of rows) {
    const {simulation, links} = world([{...fault, ...during}]);
    simulation.run(seconds(9));
    assert.equal(apart(links), []);
    simulation.run(seconds(15));
    assert.equal(apart(links), pairs, JSON.stringify(fault));
    simulation.run(seconds(30));
    assert.equal([apart(links), links.whole], [[], true]);
  }
});

test('a node that reboots has no connections until it has power again', () => {
  const {simulation, links} = world([
    {kind: 'node-reboot', node: 'n-0', at: '10s', downtime: '5s'},
  ]);
  simulation.run(seconds(12));
  assert.equal(apart(links), ['0-0', ...ofNode0]);
  simulation.run(seconds(20));
  assert.equal(apart(links), []);
});

test('a connection is the same from either end, and within a machine needs only power, over seeds', () => {
  forEachSeed(50, seed => {
    const random = new RandomStream(`links ${seed}`);
    const {partitions, machines, links} = world([]);
    const some = () => ({
      nodes: ([0, 1, 2, 3] as NodeId[]).filter(() => random.uniform() < 0.5),
      masters: [],
    });
    for (let i = 0; i < 3; i++) {
      const to = random.choice([some(), undefined]);
      const cut: Cut = {from: some(), to, way: random.choice(['both', 'forth', 'back'])};
      partitions.cut(cut);
      if (random.uniform() < 0.3) machines.withoutPower.take(random.choice([0, 1, 2, 3]) as NodeId);
      for (const one of places) {
        for (const other of places) {
          assert.is(links.connect(one, other), links.connect(other, one));
        }
        if (one !== undefined) assert.is(links.connect(one, one), machines.powered(one));
      }
    }
  });
});

test('who listens to cuts is told of every one, and of its end', () => {
  const {simulation, links} = world([{kind: 'node-unreachable', node: 'n-0', ...during}]);
  const told: number[] = [];
  links.changed.watch(() => told.push(simulation.now / 1e6));
  simulation.run(seconds(30));
  assert.equal(told, [10, 20]);
});

test.run();
