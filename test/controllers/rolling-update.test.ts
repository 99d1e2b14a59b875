// The arithmetic of rolling updates, against pkg/controller/deployment/rolling.go and
// util/deployment_util.go (ResolveFenceposts, NewRSNewReplicas), and whole rollouts by it.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {limitsOf, nextNewSize, nextOldSizes} from '../../src/controllers/rolling-update.ts';
import {seconds, type Time} from '../../src/engine/time.ts';
import type {CountOrPercent} from '../../src/objects/workload-object.ts';
import {ControlledWorld, deployment} from './world.ts';

const percent = (value: number): CountOrPercent => ({percent: value});
const count = (value: number): CountOrPercent => ({count: value});

test('surge rounds up, unavailable down, and at least one of them is one', () => {
  const rows: [number, CountOrPercent, CountOrPercent, number, number][] = [
    [10, percent(25), percent(25), 3, 2],
    [4, percent(25), percent(25), 1, 1],
    [3, percent(25), percent(25), 1, 0],
    [1, percent(25), percent(25), 1, 0],
    [10, count(0), percent(5), 0, 1],
    [10, percent(0), percent(100), 0, 10],
    [2, count(5), count(7), 5, 2],
    [0, percent(25), percent(25), 0, 0],
  ];
  for (const [replicas, maxSurge, maxUnavailable, surge, unavailable] of rows) {
    const strategy = {type: 'RollingUpdate', maxSurge, maxUnavailable} as const;
    assert.equal(limitsOf({replicas, strategy}), {surge, unavailable});
  }
});

test('each step is what the real controller takes', () => {
  // replicas, surge, unavailable; new size/available; old sizes/available, then what is next.
  const rows: [number[], [number, number], [number, number][], number, number[]][] = [
    [[10, 3, 2], [0, 0], [[10, 10]], 3, [10]],
    [[10, 3, 2], [3, 0], [[10, 10]], 3, [8]],
    [[10, 3, 2], [3, 0], [[8, 8]], 5, [8]],
    [[10, 3, 2], [5, 5], [[8, 8]], 5, [3]],
    [[10, 3, 2], [10, 5], [[3, 3]], 10, [3]],
    [[10, 3, 2], [10, 10], [[3, 3]], 10, [0]],
    [
      [10, 3, 2],
      [5, 0],
      [
        [3, 0],
        [5, 5],
      ],
      5,
      [3, 5],
    ],
    // Pods of old sets that serve nobody go first, the oldest set's before the others'.
    [
      [10, 3, 2],
      [5, 5],
      [
        [3, 0],
        [5, 5],
      ],
      5,
      [0, 3],
    ],
    [[10, 0, 1], [0, 0], [[10, 10]], 0, [9]],
    [[4, 1, 0], [1, 1], [[4, 4]], 1, [3]],
    [[3, 1, 0], [1, 0], [[3, 3]], 1, [3]],
    [[5, 1, 1], [7, 7], [[0, 0]], 5, [0]],
  ];
  for (const [[replicas, surge, unavailable], [size, available], sets, newSize, oldSizes] of rows) {
    const old = sets.map(([wanted, there]) => ({size: wanted, available: there}));
    const sizes = {replicas, surge, unavailable, newest: {size, available}, old};
    assert.is(nextNewSize(sizes), newSize, JSON.stringify(sizes));
    if (newSize === size) assert.equal(nextOldSizes(sizes), oldSizes, JSON.stringify(sizes));
  }
});

type Grid = {replicas: number; surge: number; unavailable: number};

const grid: Grid[] = [1, 2, 3, 5, 10, 17].flatMap(replicas =>
  [0, 1, 3, 5].flatMap(surge =>
    [0, 1, 2].map(unavailable => ({replicas, surge, unavailable: Math.min(unavailable, replicas)})),
  ),
);

function rollout({replicas, surge, unavailable}: Grid) {
  const world = new ControlledWorld({startup: () => seconds(60)}).start();
  const limits = {maxSurge: count(surge), maxUnavailable: count(unavailable)};
  world.api.applyWorkload(deployment({replicas, strategy: {type: 'RollingUpdate', ...limits}}));
  world.settle();
  const from = world.simulation.now;
  world.setImage('web', 'v2');
  return {world, from};
}

for (const row of grid.filter(({surge, unavailable}) => surge + unavailable > 0)) {
  const {replicas, surge, unavailable} = row;
  test(`R ${replicas}, S ${surge}, U ${unavailable}: waves of S + U within their limits`, () => {
    const {world, from} = rollout(row);
    let done: Time = 0;
    world.store.workloadSignals.rolloutCompleted.watch(() => {
      done = world.simulation.now;
    });
    const firstNew = Math.min(replicas, surge);
    world.simulation.run(from + seconds(2));
    const first = Math.min(replicas, surge + unavailable);
    assert.equal(world.sizes(), [replicas - unavailable, first], `new began with ${firstNew}`);
    world.settle();
    const waves = Math.ceil(replicas / (surge + unavailable));
    const ready = Math.round((done - from) / seconds(60));
    assert.is(ready, waves);
  });
}

test('a rollout never wants more than R + S nor leaves fewer than R − U available', () => {
  const {world} = rollout({replicas: 10, surge: 3, unavailable: 2});
  let ready = 10;
  let fewest = ready;
  const see = (change: number) => {
    ready += change;
    fewest = Math.min(fewest, ready);
  };
  world.store.signals.ready.watch(() => see(1));
  world.store.signals.terminating.watch(pod => see(world.store.pods.ready(pod) ? -1 : 0));
  world.store.workloadSignals.scaled.watch(() => {
    assert.ok(world.sizes().reduce((sum, size) => sum + size, 0) <= 13);
  });
  world.settle();
  assert.is(fewest, 8);
  assert.equal(world.sizes(), [0, 10]);
});

test.run();
