// Start times of pods with the defaults against those published for v1.0, 100 nodes of 30 pods each
// (kubernetes.io/blog/2015/09): 50th, 90th and 99th percentile, within a quarter.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../src/engine/time.ts';
import {detailedWorld, podOn} from './detailed-world.ts';

const published: [string, number, [number, number, number]][] = [
  ['10 % full', 3, [0.9, 1.29, 1.59]],
  ['full', 30, [1.94, 2.5, 4.32]],
];

/** Of the last pod on a node, over seeds; the API and the watches take 20 ms together. */
function startTimes(pods: number): number[] {
  return Array.from({length: 300}, (_, seed) => {
    const world = detailedWorld({
      seed: seed + 1,
      byDefault: true,
      allocatable: new Map([['pods', 30]]),
    });
    for (let i = 1; i < pods; i++) podOn(world, {}, `pod-${i}`);
    podOn(world, {}, 'last');
    world.simulation.run(seconds(60));
    return world.told.times('last started')[0] / seconds(1) + 0.015;
  }).sort((one, other) => one - other);
}

for (const [what, pods, expected] of published) {
  test(`pods on nodes that are ${what} start as fast as published`, () => {
    const times = startTimes(pods);
    for (const [i, p] of [0.5, 0.9, 0.99].entries()) {
      const found = times[Math.ceil(p * times.length) - 1];
      assert.ok(Math.abs(found / expected[i] - 1) <= 0.25, `${p}: ${found}, not ${expected[i]}`);
    }
  });
}

test.run();
