// Which nodes a target means: by name, by what they are, and some of many.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../src/engine/random.ts';
import {Simulation} from '../../src/engine/simulation.ts';
import {nodesMeant} from '../../src/objects/node-targets.ts';
import {expandPool} from '../../src/objects/pools.ts';
import {Store} from '../../src/objects/store.ts';
import {pool} from '../../src/options/pool.ts';
import {type TargetNotation, target} from '../../src/options/target.ts';

const allocatable = {cpu: 1, memory: '1Gi'};
const store = new Store(new Simulation({seed: 1}));
for (const written of [
  {name: 'a', count: 4, zones: ['x', 'y'], racks: ['r1'], allocatable},
  {name: 'b', count: 6, zones: ['x', 'y', 'z'], labels: {disk: 'ssd'}, allocatable},
]) {
  for (const node of expandPool(pool.parse(written))) store.nodes.add(node, 0);
}

function meant(written: TargetNotation, seed = 'a'): string[] {
  const nodes = nodesMeant(target().parse(written), store.nodes, () => new RandomStream(seed));
  return nodes.map(node => store.nodes.nameOf(node));
}

test('one by name, or none', () => {
  assert.equal([meant('b-3'), meant('c-1')], [['b-3'], []]);
});

test('by zone, rack, pool and label, all of which must fit', () => {
  const rows: [TargetNotation, string][] = [
    [{zone: 'x'}, 'a-0 a-2 b-0 b-3'],
    [{rack: 'r1'}, 'a-0 a-1 a-2 a-3'],
    [{pool: 'b', zone: 'y'}, 'b-1 b-4'],
    [{selector: 'disk=ssd', zone: 'z'}, 'b-2 b-5'],
    [{selector: 'disk!=ssd', zone: 'z'}, ''],
  ];
  for (const [written, names] of rows) assert.is(meant(written).join(' '), names);
});

test('a number of them, in order, never more than there are', () => {
  assert.is(meant({pool: 'b', count: 2}).length, 2);
  assert.is(meant({pool: 'b', count: 200}).length, 6);
  assert.equal(meant({pool: 'b', count: 4}).toSorted(), meant({pool: 'b', count: 4}));
});

test('a percentage is rounded, and never to none', () => {
  const counts = [1, 20, 25, 30, 50, 100].map(percent => meant({pool: 'b', percent}).length);
  assert.equal(counts, [1, 1, 2, 2, 3, 6]);
});

test('each is drawn as often as the others', () => {
  const counts = new Map<string, number>();
  for (let i = 0; i < 3000; i++) {
    for (const name of meant({pool: 'b', count: 2}, `${i}`)) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  assert.is(counts.size, 6);
  for (const count of counts.values()) assert.ok(Math.abs(count - 1000) < 4 * 26, `${count}`);
});

test.run();
