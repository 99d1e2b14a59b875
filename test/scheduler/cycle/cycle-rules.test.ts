// The small rules around a scheduling cycle: how many nodes are searched in which order, how ties
// are broken, how scores are normalised, how long a failed pod waits.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../../src/engine/random.ts';
import {seconds} from '../../../src/engine/time.ts';
import {NodeTree} from '../../../src/scheduler/cache/node-tree.ts';
import {normalizeScores, normalizeScoresReversed} from '../../../src/scheduler/cycle/normalize.ts';
import {numFeasibleNodesToFind, parallelChunk} from '../../../src/scheduler/cycle/sampling.ts';
import {anyOfTheBest, firstInHeapOrder, heapOrder} from '../../../src/scheduler/cycle/tie-break.ts';
import {backoffDuration, backoffExpiry} from '../../../src/scheduler/queue/backoff.ts';
import {forEachSeed} from '../../support/for-each-seed.ts';

// Section 6 of the reference: nodes, configured percentage, nodes to find.
const searches: readonly [nodes: number, percentage: number, found: number][] = [
  [99, 0, 99],
  [100, 0, 100],
  [500, 0, 230],
  [1000, 0, 420],
  [2000, 0, 680],
  [5000, 0, 500],
  [5625, 0, 281],
  [6000, 0, 300],
  [15000, 0, 750],
  [1000, 40, 400],
  [1000, 1, 100],
  [50, 10, 50],
];

for (const [nodes, percentage, found] of searches) {
  test(`of ${nodes} nodes at ${percentage} % the search wants ${found} feasible ones`, () => {
    assert.is(numFeasibleNodesToFind({nodes, percentage}), found);
  });
}

test('a worker takes the root of the nodes at a time, at most its fair share, at least one', () => {
  const chunks = [0, 1, 100, 5000].map(nodes => parallelChunk({nodes, parallelism: 16}));
  assert.equal(chunks, [1, 1, 7, 70]);
});

test("from 1.35 on the best in the pre-order of the heap wins, as Go's heap would pop it", () => {
  forEachSeed(300, seed => {
    const random = new RandomStream(`ties ${seed}`);
    const count = random.integer(1, 40);
    const nodes = Array.from({length: count}, (_, position) => {
      return {position, total: random.integer(0, 2), tieBreak: 0};
    });
    const best = Math.max(...nodes.map(({total}) => total));
    const positions = nodes.filter(({total}) => total === best).map(({position}) => position);
    assert.is(firstInHeapOrder(positions), heapOrder(nodes)[0].position);
  });
});

test('up to 1.34 each of the best is as likely', () => {
  const random = new RandomStream('reservoir');
  const wins = new Map<number, number>();
  for (let i = 0; i < 30_000; i++) {
    const chosen = anyOfTheBest([4, 7, 9], random);
    wins.set(chosen, (wins.get(chosen) ?? 0) + 1);
  }
  for (const position of [4, 7, 9]) assert.ok(Math.abs((wins.get(position) ?? 0) - 10_000) < 400);
});

test('one best needs no draw', () => {
  const random = new RandomStream('alone');
  const before = random.save();
  assert.is(anyOfTheBest([3], random), 3);
  assert.equal(random.save(), before);
});

test('zones take turns, each in the order in which its nodes came', () => {
  const tree = new NodeTree();
  for (const [name, zone] of ['a z1', 'b z1', 'c z2', 'd z1', 'e z2'].map(text =>
    text.split(' '),
  )) {
    tree.add(located(name, zone));
  }
  assert.equal(tree.list(), ['a', 'c', 'b', 'e', 'd']);
  tree.remove(located('a', 'z1'));
  assert.equal(tree.list(), ['b', 'c', 'd', 'e']);
});

test('a node that changes its zone goes to the end of the new one, an empty zone is forgotten', () => {
  const tree = new NodeTree();
  for (const [name, zone] of [
    ['a', 'z1'],
    ['b', 'z2'],
    ['c', 'z2'],
  ])
    tree.add(located(name, zone));
  assert.is(tree.update(located('a', 'z1'), located('a', 'z2')), true);
  assert.is(tree.update(located('b', 'z2'), located('b', 'z2')), false);
  assert.equal(tree.list(), ['b', 'c', 'a']);
  tree.add(located('d', 'z1'));
  assert.equal(tree.list(), ['b', 'd', 'c', 'a']);
});

test('the old zone label wins over the new one', () => {
  const tree = new NodeTree();
  const old = new Map([
    ['failure-domain.beta.kubernetes.io/zone', 'z1'],
    ['topology.kubernetes.io/zone', 'z2'],
  ]);
  tree.add({name: 'a', labels: old});
  tree.add(located('b', 'z1'));
  tree.add(located('c', 'z2'));
  assert.equal(tree.list(), ['a', 'c', 'b']);
});

test('only the first scores are normalised, where the array is longer than the list', () => {
  const scores = Int32Array.of(1, 4, 1000);
  normalizeScores(scores, 2);
  assert.equal([...scores], [25, 100, 1000]);
  normalizeScoresReversed(scores, 2);
  assert.equal([...scores], [75, 0, 1000]);
});

test('the wait doubles with each failure up to the most, and none means none', () => {
  const waits = [0, 1, 2, 3, 4, 5, 2000].map(attempts =>
    backoffDuration({attempts, initial: seconds(1), max: seconds(10)}),
  );
  assert.equal(waits, [0, 1, 2, 4, 8, 10, 10].map(seconds));
});

test('from 1.33 on a wait ends at a whole second', () => {
  const wait = {queuedAt: seconds(1.7), duration: seconds(2)};
  assert.is(backoffExpiry({...wait, kubernetes: 32}), seconds(3.7));
  assert.is(backoffExpiry({...wait, kubernetes: 33}), seconds(3));
});

function located(name: string, zone: string) {
  return {name, labels: new Map([['topology.kubernetes.io/zone', zone]])};
}

test.run();
