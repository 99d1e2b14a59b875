// Stations of every discipline, and what each does by itself.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Simulation} from '../../../src/engine/simulation.ts';
import {Stations} from '../../../src/network/traffic/stations.ts';
import {stationBattery} from '../../batteries/station.ts';

stationBattery(test, 'one worker', {discipline: 'fifo', workers: 1});
stationBattery(test, 'three workers', {discipline: 'fifo', workers: 3});
stationBattery(test, 'any number of workers', {discipline: 'fifo', workers: Infinity});
stationBattery(test, 'one shared processor', {discipline: 'sharing', workers: 1});
stationBattery(test, 'two shared processors', {discipline: 'sharing', workers: 2});

function leaving(discipline: 'fifo' | 'sharing', workers: number, works: readonly number[]) {
  const simulation = new Simulation({seed: 1});
  const left: [ticket: number, started: number, time: number][] = [];
  const stations = new Stations(simulation, {
    left: (ticket, _arrived, started, time) => left.push([ticket, started, time]),
    broken: () => undefined,
  });
  const station = stations.all[stations.add({discipline, workers, limit: Infinity})];
  for (const [ticket, work] of works.entries()) station.admit(ticket, work, 0);
  simulation.run(10_000);
  station.settle(10_000);
  return left;
}

test('with one worker each waits for all before it', () => {
  assert.equal(leaving('fifo', 1, [30, 20, 10]), [
    [0, 0, 30],
    [1, 30, 50],
    [2, 50, 60],
  ]);
});

test('with two workers the third starts when the first of them is free', () => {
  assert.equal(leaving('fifo', 2, [30, 20, 100, 10]), [
    [1, 0, 20],
    [0, 0, 30],
    [3, 30, 40],
    [2, 20, 120],
  ]);
});

// Three share: 10 takes 30; then two share: 20 − 10 more each takes 20; then one alone.
test('those that share a processor are as slow as they are many', () => {
  assert.equal(leaving('sharing', 1, [30, 20, 10]), [
    [2, 0, 30],
    [1, 0, 50],
    [0, 0, 60],
  ]);
});

test('two processors serve two as fast as one alone', () => {
  assert.equal(leaving('sharing', 2, [30, 20]), [
    [1, 0, 20],
    [0, 0, 30],
  ]);
});

test.run();
