// Who reaches whom while cuts last, and who is therefore without a link to the control plane.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../src/engine/random.ts';
import {Simulation} from '../../src/engine/simulation.ts';
import {Machines} from '../../src/machines/machines.ts';
import {type MasterId, Masters} from '../../src/machines/masters.ts';
import {type Cut, Partitions, type Side} from '../../src/machines/partitions.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import {forEachSeed} from '../support/for-each-seed.ts';

/** `on`: the node that each master stands on. */
function world(nodes: number, on: readonly (number | undefined)[]) {
  const simulation = new Simulation({seed: 1});
  const machines = new Machines(simulation);
  const masters = new Masters(simulation);
  const partitions = new Partitions(simulation, {machines, masters});
  const place = {zone: undefined, rack: undefined};
  for (let i = 0; i < nodes; i++) machines.add(i as NodeId, place);
  for (const [i, node] of on.entries()) {
    masters.add({name: `m${i}`, ...place, node: node as NodeId | undefined});
  }
  const off = () => ({
    nodes: range(nodes).filter(node => machines.withoutLink.has(node as NodeId)),
    masters: range(on.length).filter(id => masters.withoutLink.has(id as MasterId)),
  });
  return {partitions, machines, masters, off};
}

const range = (count: number) => Array.from({length: count}, (_, i) => i);
const elsewhere = (count: number) => new Array(count).fill(undefined);

function side(nodes: readonly number[], masters: readonly number[] = []): Side {
  return {nodes: nodes as NodeId[], masters: masters as MasterId[]};
}

const both = (from: Side, to?: Side): Cut => ({from, to, way: 'both'});

type Row = {masters: number; cut: Cut; nodes: number[]; off: number[]};

test('a node without a majority of the masters has no link, nor has a master', () => {
  const rows: Row[] = [
    // One of three masters alone: the others go on.
    {masters: 3, cut: both(side([], [0])), nodes: [], off: [0]},
    // Nodes with the minority's masters do not reach the majority.
    {masters: 3, cut: both(side([0, 1], [0])), nodes: [0, 1], off: [0]},
    {masters: 3, cut: both(side([0, 1], [0, 1])), nodes: [2, 3], off: [2]},
    // Half is no majority.
    {masters: 4, cut: both(side([0], [0, 1])), nodes: [0, 1, 2, 3], off: [0, 1, 2, 3]},
    {masters: 5, cut: both(side([0], [0, 1]), side([1], [2, 3, 4])), nodes: [0], off: [0, 1]},
    // Two groups of nodes that do not reach one another reach the masters.
    {masters: 3, cut: both(side([0, 1]), side([2, 3])), nodes: [], off: []},
    {masters: 3, cut: both(side([2])), nodes: [2], off: []},
    // One way is enough to lose a connection.
    {masters: 3, cut: {from: side([2]), to: undefined, way: 'forth'}, nodes: [2], off: []},
    {masters: 3, cut: {from: side([2]), to: undefined, way: 'back'}, nodes: [2], off: []},
    {masters: 1, cut: both(side([], [0])), nodes: [0, 1, 2, 3], off: []},
    {masters: 0, cut: both(side([2])), nodes: [2], off: []},
  ];
  for (const {masters, cut, nodes, off} of rows) {
    const {partitions, off: found} = world(4, elsewhere(masters));
    partitions.cut(cut);
    assert.equal(found(), {nodes, masters: off}, JSON.stringify(cut));
    partitions.heal(cut);
    assert.equal(found(), {nodes: [], masters: []});
  }
});

test('a master that stands on a node is reached from there whatever is cut', () => {
  const {partitions, off} = world(3, [0]);
  partitions.cut(both(side([0])));
  assert.equal(off(), {nodes: [1, 2], masters: []});
});

test('what goes one way is lost, and what comes back is not', () => {
  const {partitions} = world(2, elsewhere(1));
  const [a, b] = [partitions.node(0 as NodeId), partitions.node(1 as NodeId)];
  partitions.cut({from: side([0]), to: side([1]), way: 'forth'});
  assert.equal([partitions.connected(a, b), partitions.connected(b, a)], [false, true]);
  partitions.cut({from: side([0]), to: side([1]), way: 'back'});
  assert.equal([partitions.connected(a, b), partitions.connected(b, a)], [false, false]);
});

test('a cut that lasts keeps its hold when another of the same sides is healed', () => {
  const {partitions, off} = world(2, elsewhere(1));
  const cut = both(side([0]));
  partitions.cut(cut);
  partitions.cut(structuredClone(cut));
  partitions.heal(cut);
  assert.equal(off().nodes, [0]);
  partitions.heal(cut);
  assert.throws(() => partitions.heal(cut), /not made/);
});

test('a machine that is added has a link unless a cut says otherwise', () => {
  const {partitions, machines, off} = world(2, elsewhere(3));
  partitions.cut(both(side([], [0, 1, 2])));
  machines.add(2 as NodeId, {zone: undefined, rack: undefined});
  assert.equal(off(), {nodes: [0, 1], masters: []});
  assert.ok(machines.withoutLink.has(2 as NodeId));
});

test('a master that comes or goes makes another majority', () => {
  const {partitions, masters, off} = world(2, elsewhere(2));
  partitions.cut(both(side([0], [0])));
  assert.equal(off(), {nodes: [0, 1], masters: [0, 1]});
  masters.add({name: 'm2', zone: undefined, rack: undefined, node: undefined});
  assert.equal(off(), {nodes: [0], masters: [0]});
  masters.remove(2 as MasterId);
  assert.equal(off(), {nodes: [0, 1], masters: [0, 1]});
});

test('whatever is cut and healed, links are those of a table made anew, over seeds', () => {
  forEachSeed(100, seed => {
    const random = new RandomStream(`partitions ${seed}`);
    const on = range(random.integer(1, 5)).map(() => random.choice([undefined, 0, 1]));
    const {partitions, off} = world(5, on);
    let cuts: Cut[] = [];
    const some = (all: number) => range(all).filter(() => random.uniform() < 0.4);
    for (let step = 0; step < 12; step++) {
      if (cuts.length > 0 && random.uniform() < 0.4) {
        const healed = random.choice(cuts);
        cuts = cuts.filter(cut => cut !== healed);
        partitions.heal(structuredClone(healed));
      } else {
        const sides = [side(some(5), some(on.length)), side(some(5), some(on.length))];
        const to = random.uniform() < 0.5 ? undefined : sides[1];
        const cut: Cut = {from: sides[0], to, way: random.choice(['both', 'forth', 'back'])};
        cuts.push(cut);
        partitions.cut(cut);
      }
      const anew = world(5, on);
      for (const cut of cuts) anew.partitions.cut(cut);
      assert.equal(off(), anew.off());
    }
  });
});

test.run();
