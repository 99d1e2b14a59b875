// What a CPU limit does to requests: timelines by hand, and a reference that goes tick by tick.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Simulation} from '../../../src/engine/simulation.ts';
import type {StationOptions} from '../../../src/network/traffic/station.ts';
import {Stations} from '../../../src/network/traffic/stations.ts';
import {ThrottledStation} from '../../../src/network/traffic/throttled-station.ts';
import {stationBattery} from '../../batteries/station.ts';
import {forEachSeed} from '../../support/for-each-seed.ts';

const half = {quota: 0.5, cpu: 1};

stationBattery(test, 'throttled', {discipline: 'fifo', workers: 1, throttle: half});
stationBattery(test, 'three throttled', {discipline: 'fifo', workers: 3, throttle: half});
stationBattery(test, 'throttled sharers', {discipline: 'sharing', workers: 2, throttle: half});

type Request = readonly [at: number, work: number];

/** When each request leaves. */
function leaving(options: Omit<StationOptions, 'limit'>, requests: readonly Request[]): number[] {
  const simulation = new Simulation({seed: 1});
  const times: number[] = requests.map(() => Number.NaN);
  const stations = new Stations(simulation, {
    left: (ticket, _arrived, _started, time) => {
      times[ticket] = time;
    },
    broken: () => undefined,
  });
  const station = stations.all[stations.add({...options, limit: Infinity})];
  assert.instance(station, ThrottledStation);
  const comes = simulation.event('comes', (ticket: number) => {
    station.admit(ticket, requests[ticket][1], simulation.now);
  });
  for (const [ticket, [at]] of requests.entries()) comes.at(at, ticket);
  simulation.run(10_000_000);
  return times;
}

const any = {discipline: 'fifo', workers: Infinity, throttle: half} as const;

// Times in milliseconds. Periods of 100 ms from the first work on; half a CPU is 50 ms of each.
const timelines: [string, Omit<StationOptions, 'limit'>, Request[], number[]][] = [
  ['one that is longer than a quota', any, [[0, 120]], [220]],
  ['one that is as long as a quota', any, [[7, 50]], [57]],
  [
    'two at once use it up twice as fast',
    any,
    [
      [0, 40],
      [0, 40],
    ],
    [115, 115],
  ],
  [
    'one that comes while all stand still',
    any,
    [
      [0, 60],
      [70, 5],
    ],
    [110, 105],
  ],
  [
    'a new period has a new quota, and no more',
    any,
    [
      [0, 50],
      [60, 10],
      [350, 60],
    ],
    [50, 110, 410],
  ],
  [
    'a worker that stands still is not free',
    {discipline: 'fifo', workers: 2, throttle: {quota: 1, cpu: 1}},
    [
      [0, 80],
      [0, 80],
      [0, 80],
    ],
    [130, 130, 240],
  ],
  [
    'half of the work waits for a disk',
    {...any, throttle: {quota: 0.5, cpu: 0.5}},
    [
      [0, 60],
      [0, 60],
    ],
    [110, 110],
  ],
  [
    'two processors are shared by four',
    {discipline: 'sharing', workers: 2, throttle: {quota: 1, cpu: 1}},
    [
      [0, 40],
      [0, 40],
      [0, 40],
      [0, 40],
    ],
    [130, 130, 130, 130],
  ],
];

for (const [name, options, requests, expected] of timelines) {
  test(`a CPU limit: ${name}`, () => {
    const inMicroseconds = requests.map(([at, work]) => [at * 1000, work * 1000] as const);
    const found = leaving(options, inMicroseconds);
    assert.equal(
      found.map(time => time / 1000),
      expected,
    );
  });
}

test('workers that cannot exceed the limit do not mind it', () => {
  const stations = new Stations(new Simulation({seed: 1}), {left: () => {}, broken: () => {}});
  const options = {discipline: 'fifo', workers: 2, limit: Infinity} as const;
  const plain = stations.add({...options, throttle: {quota: 2, cpu: 1}});
  const io = stations.add({...options, throttle: {quota: 1, cpu: 0.5}});
  const slow = stations.add({...options, throttle: {quota: 1.9, cpu: 1}});
  const throttled = [plain, io, slow].map(id => stations.all[id] instanceof ThrottledStation);
  assert.equal(throttled, [false, false, true]);
});

/** All by ticks of a microsecond; also the most that was used in a period. */
function byTicks({workers, throttle}: StationOptions, requests: readonly Request[]) {
  const {quota, cpu} = throttle ?? half;
  const [start] = requests[0];
  const times = requests.map(() => 0);
  const got = requests.map(() => 0);
  const there: number[] = [];
  let [came, left, used, most] = [0, 0, 0, 0];
  for (let now = start; there.length > 0 || came < requests.length; now++) {
    if ((now - start) % 100_000 === 0) [left, used] = [quota * 100_000, 0];
    while (came < requests.length && requests[came][0] === now) there.push(came++);
    const working = Math.min(workers, there.length);
    const share = Math.min(1, left / (working * cpu || 1));
    left -= working * cpu * share;
    used += working * cpu * share;
    most = Math.max(most, used);
    for (let place = working - 1; place >= 0; place--) {
      const one = there[place];
      got[one] += share;
      if (got[one] < requests[one][1] - 1e-6) continue;
      times[one] = now + 1;
      there.splice(place, 1);
    }
  }
  return {times, most};
}

test('whatever comes when, all leave when a reference that goes tick by tick says', () => {
  forEachSeed(12, seed => {
    const random = new Simulation({seed}).random('requests');
    let at = 0;
    const requests = Array.from({length: 25}, (): Request => {
      at += random.integer(0, 1) * random.integer(1, 30_000);
      return [at, random.integer(1, 40_000)];
    });
    const throttle = {quota: random.integer(3, 19) / 10, cpu: random.integer(6, 10) / 10};
    const options: StationOptions = {
      ...{discipline: 'fifo', workers: random.integer(2, 6), limit: Infinity},
      throttle,
    };
    if (options.workers * throttle.cpu <= throttle.quota) return;
    const {times, most} = byTicks(options, requests);
    assert.equal(leaving(options, requests), times);
    assert.ok(most <= throttle.quota * 100_000 + 1e-3);
  });
});

test.run();
