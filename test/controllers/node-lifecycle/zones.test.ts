// What becomes of zones that lose many nodes at once: the modes of node_lifecycle_controller.go,
// with default flags, and a Monte Carlo of its rules (heartbeats every 10 to 10.4 s, passes every
// 5 s) for how many nodes lose their pods before the zone counts as disrupted.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {inSeconds, seconds, type Time} from '../../../src/engine/time.ts';
import {forEachSeed} from '../../support/for-each-seed.ts';
import type {ControlledWorld} from '../world.ts';
import {drivenOff, node, nodesIn, numbers, runningWorld} from './lost-nodes.ts';

for (const [lost, of, one, none] of [
  [5, 9, 0.96, 0.04],
  [3, 5, 0.82, 0.18],
] as const) {
  test(`of ${of} nodes ${lost} are lost: one loses its pods in ${one * 100} % of runs`, () => {
    const counts = new Map<number, number>();
    forEachSeed(400, seed => {
      const count = drivenOff({seed, nodes: nodesIn('z', of)}, numbers(lost));
      counts.set(count, (counts.get(count) ?? 0) + 1);
    });
    assert.ok(Math.abs((counts.get(1) ?? 0) / 400 - one) < 0.05, `${[...counts]}`);
    assert.ok(Math.abs((counts.get(0) ?? 0) / 400 - none) < 0.05, `${[...counts]}`);
  });
}

for (const [lost, of, most] of [
  [28, 50, 2],
  [40, 50, 2],
  [12, 20, 2],
] as const) {
  test(`of ${of} nodes ${lost} are lost: at most ${most} lose their pods`, () => {
    forEachSeed(20, seed => {
      const count = drivenOff({seed, nodes: nodesIn('z', of)}, numbers(lost));
      assert.ok(count <= most, `${count}`);
    });
  });
}

/** When each node was tainted, after the first. */
function turns(world: ControlledWorld, until: Time): number[] {
  const times: Time[] = [];
  world.store.nodeSignals.changed.watch((_node, before, after) => {
    const has = (value: typeof after) => value?.taints.some(({effect}) => effect === 'NoExecute');
    if (has(after) && !has(before)) times.push(world.simulation.now);
  });
  world.simulation.run(until);
  return times.map(time => inSeconds(time - times[0]));
}

test('of 10 nodes 5 are lost: they lose their pods 10 s apart', () => {
  forEachSeed(20, seed => {
    const world = runningWorld({seed, nodes: nodesIn('z', 10)});
    world.crash(...numbers(5));
    const times = turns(world, seconds(400));
    assert.equal(times.map(Math.round), [0, 10, 20, 30, 40]);
  });
});

test('of 100 nodes 60 are lost: 100 s apart, once the zone counts as disrupted', () => {
  const world = runningWorld({nodes: nodesIn('z', 100)});
  world.crash(...numbers(60));
  const times = turns(world, seconds(1000));
  const gaps = times.slice(1).map((time, i) => Math.round(time - times[i]));
  assert.ok(
    gaps.slice(2).every(gap => gap === 100),
    `${gaps}`,
  );
});

test('two zones have a rate each, and one of them may be lost as a whole', () => {
  const world = runningWorld({nodes: [...nodesIn('x', 6), ...nodesIn('y', 4)]});
  world.crash(...numbers(2), ...numbers(4, 6));
  world.simulation.run(seconds(300));
  const tainted = numbers(10).filter(id => world.taints(id).includes('NoExecute'));
  assert.equal(tainted, [...numbers(2), ...numbers(4, 6)]);
});

test('when all nodes are lost, none loses its pods, and those that would are spared', () => {
  forEachSeed(30, seed => {
    const count = drivenOff({seed, nodes: nodesIn('z', 4)}, numbers(4));
    assert.is(count, 0);
  });
});

test('when some come back, the others are driven off one by one from a whole interval on', () => {
  const world = runningWorld({nodes: nodesIn('z', 4)});
  world.crash(...numbers(4));
  world.simulation.run(seconds(300));
  world.recover(...numbers(3));
  const back = world.simulation.now;
  const tainted: Time[] = [];
  world.store.nodeSignals.changed.watch((id, _before, after) => {
    if (id === node(3) && after?.taints.some(({effect}) => effect === 'NoExecute')) {
      tainted.push(world.simulation.now - back);
    }
  });
  world.simulation.run(seconds(400));
  assert.is(tainted.length, 1);
  assert.ok(tainted[0] >= seconds(10) && tainted[0] <= seconds(15.2), `${tainted}`);
});

test('a zone that comes back above the threshold goes on with who waited', () => {
  const world = runningWorld({nodes: nodesIn('z', 9)});
  world.crash(...numbers(6));
  world.simulation.run(seconds(300));
  const tainted = () => numbers(9).filter(id => world.taints(id).includes('NoExecute')).length;
  assert.is(tainted(), 1);
  world.recover(node(5), node(4));
  world.simulation.run(seconds(400));
  assert.ok(tainted() >= 3, `${tainted()}`);
});

test('nodes that are excluded from disruption checks say nothing about their zone', () => {
  const nodes = nodesIn('z', 9).map((value, i) =>
    i < 5
      ? {
          ...value,
          labels: new Map([...value.labels, ['node.kubernetes.io/exclude-disruption', '']]),
        }
      : value,
  );
  assert.is(drivenOff({nodes}, numbers(5)), 5);
});

test.run();
