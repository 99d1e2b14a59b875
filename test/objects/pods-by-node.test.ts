// The pods of a node are found without a search, whatever order they came and went in.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Simulation} from '../../src/engine/simulation.ts';
import {PodsByNode} from '../../src/objects/pods-by-node.ts';
import {forEachSeed} from '../support/for-each-seed.ts';

test('a node has the pods that were added to it and not removed, the latest first', () => {
  const pods = new PodsByNode();
  for (const pod of [3, 40, 5]) pods.add(pod, 7);
  pods.add(6, 100);
  assert.equal([...pods.on(7)], [5, 40, 3]);
  pods.remove(40, 7);
  pods.add(40, 100);
  assert.equal([...pods.on(7)], [5, 3]);
  assert.equal([...pods.on(100)], [40, 6]);
  assert.equal([...pods.on(8)], []);
  assert.equal([...pods.on(10_000)], []);
});

test('it agrees with a plain list, over many comings and goings', () => {
  forEachSeed(20, seed => {
    const dice = new Simulation({seed}).random('dice');
    const pods = new PodsByNode();
    const plain = new Map<number, number>();
    for (let step = 0; step < 300; step++) {
      const pod = dice.integer(0, 60);
      const node = plain.get(pod);
      if (node === undefined) {
        plain.set(pod, dice.integer(0, 9));
        pods.add(pod, plain.get(pod) ?? 0);
      } else {
        plain.delete(pod);
        pods.remove(pod, node);
      }
    }
    for (let node = 0; node < 10; node++) {
      const expected = [...plain].filter(([, on]) => on === node).map(([pod]) => pod);
      assert.equal([...pods.on(node)].sort(), expected.sort());
    }
  });
});

test.run();
