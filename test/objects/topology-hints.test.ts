// es:topologycache/topologycache.go: which numbers of endpoints can be dealt out to zones.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {type Allocation, allocate, exchanges, overloads} from '../../src/objects/topology-hints.ts';

function zones(...cpus: number[]): ReadonlyMap<string, number> {
  const total = cpus.reduce((sum, cpu) => sum + cpu, 0);
  return new Map(cpus.map((cpu, i) => ['abcdef'[i], cpu / total]));
}

const infeasible: [cpus: number[], endpoints: number[]][] = [
  [
    [1, 1],
    [1, 3, 5],
  ],
  [
    [1, 1, 1],
    [1, 2, 4, 5, 8, 11],
  ],
  [
    [2, 1, 1],
    [1, 2, 3, 5, 6, 10],
  ],
  [
    [4, 1],
    [1, 2, 3, 6],
  ],
];

for (const [cpus, expected] of infeasible) {
  test(`zones of ${cpus.join(':')} cannot share ${expected.join(', ')} endpoints`, () => {
    const found = Array.from({length: 21}, (_, i) => i + 1).filter(
      endpoints => 'refused' in allocate(zones(...cpus), endpoints),
    );
    assert.equal(found, expected);
  });
}

test('it is told why there are no hints', () => {
  const refused = (shares: ReadonlyMap<string, number> | undefined, endpoints: number) => {
    const result = allocate(shares, endpoints);
    return 'refused' in result ? result.refused : undefined;
  };
  assert.is(refused(undefined, 5), 'insufficient node information');
  assert.is(refused(zones(1), 5), 'nodes only ready in one zone');
  assert.is(refused(zones(1, 1, 1), 2), 'fewer endpoints than zones');
  assert.is(refused(zones(1, 1), 3), 'minimum allocation not possible');
});

test('what zones get lies between what they need and what is left', () => {
  const result = allocate(zones(2, 1, 1), 11);
  const rows = 'allocations' in result ? [...result.allocations.values()] : [];
  assert.equal(
    rows.map(row => [row.minimum, row.maximum, row.desired]),
    [
      [5, 5, 5.5],
      [3, 3, 3],
      [3, 3, 3],
    ],
  );
});

const allocation = (desired: number): Allocation => ({minimum: 0, maximum: 99, desired});
const hinted = (...counts: number[]) => new Map(counts.map((count, i) => ['abcdef'[i], count]));

test('zones with too many give to zones with too few, the most first', () => {
  const wanted = new Map([
    ['a', allocation(4)],
    ['b', allocation(4)],
    ['c', allocation(4)],
  ]);
  const {giving, receiving} = exchanges(wanted, hinted(9, 3, 0));
  assert.equal([...giving], [['a', 5]]);
  assert.equal([...receiving].sort(), [
    ['b', 1],
    ['c', 4],
  ]);
  // Differences of less than a half are left alone.
  const fine = new Map([
    ['a', allocation(4.4)],
    ['b', allocation(3.6)],
  ]);
  assert.is(exchanges(fine, hinted(4, 4)).giving.size, 0);
});

test('a zone with too few endpoints for its cpu is overloaded', () => {
  assert.is(overloads(zones(1, 1), hinted(5, 5)), false);
  assert.is(overloads(zones(1, 1), hinted(6, 5)), false);
  assert.is(overloads(zones(1, 1), hinted(7, 4)), true);
  assert.is(overloads(zones(1, 1), hinted(10)), true);
});

test.run();
