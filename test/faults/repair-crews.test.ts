// Few crews that repair many nodes: the machine-repair model, a birth and death process.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {hour} from '../../src/engine/time.ts';
import {stationaryDown} from '../../src/faults/stationary-crews.ts';
import {standardErrors} from '../support/statistics.ts';
import {downTimes, faultWorld} from './world.ts';

const exponential = (mean: string) => ({exponential: {mean}});

// Closed form of M/M/c//N, as in any text on queueing: mean share up, chance that all are up.
const rows: [
  {machines: number; crews: number; up: number; down: number},
  {upShare: number; allUp: number},
][] = [
  [
    {machines: 5, crews: 1, up: 10, down: 1},
    {upShare: 0.8720956463, allUp: 0.5639521769},
  ],
  [
    {machines: 10, crews: 2, up: 10, down: 1},
    {upShare: 0.8961362181, allUp: 0.367954594},
  ],
  [
    {machines: 20, crews: 4, up: 5, down: 1},
    {upShare: 0.7911525865, allUp: 0.02071898944},
  ],
  [
    {machines: 3, crews: 1, up: 10, down: 1},
    {upShare: 0.8931185945, allUp: 0.7320644217},
  ],
];

test('the stationary state of crews is the birth and death one', () => {
  for (const [{machines, crews, up, down}, {upShare, allUp}] of rows) {
    const chances = stationaryDown({machines, crews, meanUp: up, meanDown: down});
    const meanDown = chances.reduce((sum, chance, count) => sum + chance * count, 0);
    assert.ok(Math.abs(chances[0] - allUp) < 1e-9);
    assert.ok(Math.abs(1 - meanDown / machines - upShare) < 1e-6);
  }
});

test('thousands of machines neither vanish nor overflow', () => {
  const chances = stationaryDown({machines: 5000, crews: 7, meanUp: 1, meanDown: 1});
  const mean = chances.reduce((sum, chance, count) => sum + chance * count, 0);
  // All crews are busy: 7 repairs a time unit are as many failures, of 7 machines that are up.
  assert.ok(Math.abs(mean - 4993) < 1e-6);
});

type Run = {readonly upShare: number; readonly allUp: number};

function played(
  machines: number,
  fault: object,
  {seed, hours}: {seed: number; hours: number},
): Run {
  const world = faultWorld({seed, nodes: machines, faults: [{kind: 'node-failures', ...fault}]});
  const {simulation} = world;
  let [down, since, downTime, allUp] = [0, 0, 0, 0];
  const pass = (change: number) => {
    downTime += down * (simulation.now - since);
    if (down === 0) allUp += simulation.now - since;
    since = simulation.now;
    down += change;
  };
  world.machines.poweredOff.watch(() => pass(1));
  world.machines.poweredOn.watch(() => pass(-1));
  world.start();
  simulation.run(hours * hour);
  pass(0);
  const time = hours * hour;
  return {upShare: 1 - downTime / time / machines, allUp: allUp / time};
}

for (const [{machines, crews, up, down}, expected] of rows) {
  test(`${machines} machines and ${crews} crews are up as theory says, over time`, () => {
    const fault = {up: exponential(`${up}h`), down: exponential(`${down}h`), crews};
    const runs = Array.from({length: 40}, (_, seed) =>
      played(machines, fault, {seed, hours: 4000}),
    );
    for (const figure of ['upShare', 'allUp'] as const) {
      const values = runs.map(run => run[figure]);
      assert.ok(standardErrors(values, expected[figure]) < 3.9, figure);
    }
  });

  test(`${machines} machines and ${crews} crews begin in that state`, () => {
    const fault = {up: exponential(`${up}h`), down: exponential(`${down}h`), crews};
    // Over a time much shorter than it takes to get there.
    const runs = Array.from({length: 800}, (_, seed) =>
      played(machines, fault, {seed, hours: 0.5}),
    );
    for (const figure of ['upShare', 'allUp'] as const) {
      const values = runs.map(run => run[figure]);
      assert.ok(standardErrors(values, expected[figure]) < 3.9, figure);
    }
  });
}

test('one crew repairs one after the other, in the order in which they failed', () => {
  const fault = {kind: 'node-failures', up: '5h', down: '2h', crews: 1};
  const world = faultWorld({nodes: 3, faults: [fault]});
  const downs = downTimes(world);
  world.start();
  world.simulation.run(20 * hour);
  const times = downs.map(({node, from, to}) => [node, from / hour, to / hour]);
  // Not exponential, so they begin fresh.
  assert.equal(times, [
    [0, 5, 7],
    [1, 5, 9],
    [2, 5, 11],
    [0, 12, 14],
    [1, 14, 16],
    [2, 16, 18],
    [0, 19, Infinity],
  ]);
});

test('crews enough for all change nothing', () => {
  const laws = {up: '5h', down: {uniform: {from: '1h', to: '4h'}}};
  const lives = (more: object) => {
    const world = faultWorld({nodes: 6, faults: [{kind: 'node-failures', ...laws, ...more}]});
    const downs = downTimes(world);
    world.start();
    world.simulation.run(200 * hour);
    return downs;
  };
  assert.equal(lives({crews: 6}), lives({}));
});

test.run();
