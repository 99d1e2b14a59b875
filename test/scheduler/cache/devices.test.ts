// The devices of a node: which a pod can have, which it gets, and what stays free of them.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../../src/engine/random.ts';
import {type GpuRequest, gpusOf, tightestFit} from '../../../src/objects/gpu.ts';
import {expandPool} from '../../../src/objects/pools.ts';
import {pool} from '../../../src/options/pool.ts';
import {allows, Devices, fits, noDevices} from '../../../src/scheduler/cache/devices.ts';
import {forEachSeed} from '../../support/for-each-seed.ts';

/** A node with one device for each number, of which so much is free. */
function devicesWith(...free: number[]): Devices {
  const devices = new Devices({count: free.length, model: 'V100'});
  free.forEach((milli, i) => {
    if (milli < 1000) devices.take(share(1000 - milli), 1 << i);
  });
  return devices;
}

const share = (milli: number): GpuRequest => ({count: 1, milli, models: []});
const whole = (count: number): GpuRequest => ({count, milli: 1000, models: []});

// What is free, what is asked for, and the bits of the devices that it gets; 0: it does not fit.
const choices: [number[], GpuRequest, number][] = [
  [[1000, 1000], share(460), 0b01],
  [[1000, 500], share(460), 0b10],
  [[1000, 460], share(460), 0b10],
  [[1000, 459], share(460), 0b01],
  [[700, 600, 600], share(600), 0b010],
  [[400, 300], share(460), 0],
  [[1000, 1000, 1000], whole(2), 0b011],
  [[1000, 999, 1000], whole(2), 0b101],
  [[1000, 999, 999], whole(2), 0],
  [[300, 800, 500, 400], {count: 2, milli: 400, models: []}, 0b1100],
];

test('a pod gets the devices that fit it tightest, the first of equals', () => {
  for (const [free, asked, chosen] of choices) {
    const devices = devicesWith(...free);
    assert.is(tightestFit(devices, asked), chosen, `${free}`);
    assert.is(fits(devices, asked), chosen !== 0, `${free}`);
    if (chosen !== 0) assert.ok(allows(devices, asked, chosen), `${free}`);
  }
});

test('a pod that names models fits those alone, and every pod fits none where there is none', () => {
  const devices = devicesWith(1000);
  assert.ok(fits(devices, {...share(1), models: ['T4', 'V100']}));
  assert.not(fits(devices, {...share(1), models: ['T4']}));
  assert.not(fits(noDevices, share(1)));
  assert.is(tightestFit(noDevices, share(1)), 0);
});

test('a choice of too many, too few or taken devices is not allowed', () => {
  const devices = devicesWith(1000, 300);
  for (const wrong of [0, 0b10, 0b11, 0b100]) assert.not(allows(devices, share(500), wrong));
});

test('what is free is what no pod holds, and nothing is left behind', () => {
  forEachSeed(200, seed => {
    const random = new RandomStream(`devices/${seed}`);
    const count = random.integer(1, 32);
    const devices = new Devices({count, model: ''});
    const held: {asked: GpuRequest; on: number}[] = [];
    for (let step = 0; step < 60; step++) {
      if (random.uniform() < 0.4 && held.length > 0) {
        const [gone] = held.splice(random.integer(0, held.length - 1), 1);
        devices.giveBack(gone.asked, gone.on);
      } else {
        const asked =
          random.uniform() < 0.5 ? share(random.integer(1, 999)) : whole(random.integer(1, 4));
        // Now and then as a dump would have it, which nobody has checked.
        const on =
          random.uniform() < 0.2 ? 2 ** random.integer(0, 31) : tightestFit(devices, asked);
        devices.take(asked, on);
        held.push({asked, on});
      }
      agree(devices, held);
      const asked = {count: random.integer(1, 3), milli: random.integer(1, 10) * 100, models: []};
      assert.is(fits(devices, asked), tightestFit(devices, asked) !== 0);
    }
  });
});

function agree(devices: Devices, held: readonly {asked: GpuRequest; on: number}[]): void {
  devices.free.forEach((free, i) => {
    const used = held
      .filter(({on}) => (on >>> i) & 1)
      .reduce((sum, {asked}) => sum + asked.milli, 0);
    assert.is(free, Math.max(0, 1000 - used));
  });
  assert.is(devices.mostFree, Math.max(...devices.free));
  assert.is(devices.idle, devices.free.filter(free => free === 1000).length);
  assert.is(
    devices.totalFree,
    devices.free.reduce((sum, free) => sum + free, 0),
  );
  const classes = new Set(held.map(({asked}) => (asked.milli < 1000 ? 0 : asked.count)));
  assert.is(devices.classes, classes.size);
}

test('a pool has devices of a model, as Node objects write them', () => {
  const written = {name: 'n', count: 1, allocatable: {cpu: 8, memory: '32Gi'}};
  const [node] = expandPool(pool.parse({...written, gpus: {count: 8, model: 'V100M32'}}));
  assert.equal(gpusOf(node), {count: 8, model: 'V100M32'});
  assert.is(node.allocatable.get('alibabacloud.com/gpu-milli'), 8000);
  assert.equal(gpusOf(expandPool(pool.parse({...written, gpus: 2}))[0]), {count: 2, model: ''});
  assert.is(gpusOf(expandPool(pool.parse(written))[0]), undefined);
});

test.run();
