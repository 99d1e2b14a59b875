// What every station must do, whatever its discipline.

import * as assert from 'node:assert/strict';
import type {Test} from 'uvu';
import {Simulation} from '../../src/engine/simulation.ts';
import {
  refused,
  type Station,
  type StationOptions,
  turnedAway,
} from '../../src/network/traffic/station.ts';
import {Stations} from '../../src/network/traffic/stations.ts';

type Told = readonly [what: 'left' | 'broken', ticket: number, time: number];

type Bench = {
  readonly station: Station;
  readonly told: Told[];
  /** Lets time pass, then asks who is there. */
  passTo(time: number): number;
  readonly simulation: Simulation;
};

function bench(options: StationOptions): Bench {
  const simulation = new Simulation({seed: 1});
  const told: Told[] = [];
  const stations = new Stations(simulation, {
    left: (ticket, _arrived, _started, left) => told.push(['left', ticket, left]),
    broken: ticket => told.push(['broken', ticket, simulation.now]),
  });
  simulation.part('stations', {
    save: () => stations.save(),
    restore: (saved: readonly unknown[]) => stations.restore(saved),
  });
  const station = stations.all[stations.add(options)];
  const passTo = (time: number) => {
    simulation.run(time);
    return station.present(time);
  };
  return {station, told, passTo, simulation};
}

export function stationBattery(
  test: Test,
  name: string,
  discipline: Omit<StationOptions, 'limit'>,
): void {
  const start = (limit = Infinity) => bench({...discipline, limit});

  test(`${name}: a request alone stays as long as its work`, () => {
    const {station, told, passTo} = start();
    passTo(50);
    station.admit(7, 100, 50);
    assert.equal(passTo(149), 1);
    assert.equal(passTo(150), 0);
    assert.deepEqual(told, [['left', 7, 150]]);
  });

  test(`${name}: no more than the limit are let in`, () => {
    const {station, passTo} = start(2);
    for (const ticket of [1, 2]) assert.ok(station.admit(ticket, 100, 0) > 0);
    assert.equal(station.admit(3, 100, 0), turnedAway);
    passTo(1000);
    assert.ok(station.admit(4, 100, 1000) > 0);
  });

  test(`${name}: those that are there when it closes break, and others are refused`, () => {
    const {station, told, passTo} = start();
    for (const ticket of [1, 2, 3]) station.admit(ticket, 100 * ticket, 0);
    passTo(10);
    station.close(10);
    assert.equal(station.admit(4, 100, 10), refused);
    assert.deepEqual(
      told.map(([what, ticket]) => [what, ticket]).sort(),
      [1, 2, 3].map(ticket => ['broken', ticket]),
    );
    assert.equal(passTo(1000), 0);
    assert.equal(told.length, 3);
  });

  test(`${name}: one that opens again begins empty`, () => {
    const {station, told, passTo} = start();
    station.admit(1, 1000, 0);
    passTo(10);
    station.close(10);
    station.reopen(10);
    station.admit(2, 100, 10);
    passTo(110);
    assert.deepEqual(told.at(-1), ['left', 2, 110]);
  });

  test(`${name}: many come, and each is told of once`, () => {
    const {station, told, passTo} = start();
    for (let ticket = 0; ticket < 500; ticket++) {
      passTo(ticket * 7);
      station.admit(ticket, (ticket * 37) % 20, ticket * 7);
    }
    passTo(100_000);
    assert.equal(new Set(told.map(([, ticket]) => ticket)).size, 500);
    assert.equal(told.length, 500);
  });

  test(`${name}: saved in the middle it goes on alike`, () => {
    const [one, other] = [start(), start()];
    for (let ticket = 0; ticket < 20; ticket++) one.station.admit(ticket, 10 + ticket * 3, 0);
    one.passTo(30);
    const sofar = one.told.length;
    other.simulation.restore(structuredClone(one.simulation.save()));
    for (const each of [one, other]) {
      each.station.admit(99, 25, 30);
      each.passTo(10_000);
    }
    assert.deepEqual(other.told, one.told.slice(sofar));
  });
}
