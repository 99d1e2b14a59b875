// Rules: reference 9.2: 600 requests at once by shares of priority levels, 15 s of waiting, then 429
// with Retry-After 1 s, which client-go follows ten times.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {type PriorityLevel, seatCount, usualInFlight} from '../../src/control-plane/in-flight.ts';
import {noSeat, Seats} from '../../src/control-plane/seats.ts';
import {milliseconds, second, seconds} from '../../src/engine/time.ts';
import {master, node, type PlaneOptions, PlaneWorld} from './plane-world.ts';
import {wish} from './world.ts';

const takes = milliseconds(500);
const slow = {latency: {measure: 'duration', law: 'constant', value: takes}} as const;

/** When each of so many pods, all asked for at once, was stored or given up, in seconds. */
function burst(world: PlaneWorld, count: number, component = {}) {
  const stored: number[] = [];
  const refused: number[] = [];
  const client = world.connect({
    ...component,
    replies: {
      podCreated: (_, ordinal) => {
        stored[ordinal] = world.simulation.now / second;
      },
      podRefused: ordinal => {
        refused[ordinal] = world.simulation.now / second;
      },
    },
  });
  for (let i = 0; i < count; i++) client.createPod(wish(`pod-${i}`, undefined, {ordinal: i}));
  return {stored, refused};
}

test('each priority level has the seats of its shares', () => {
  const expected: [PriorityLevel, number][] = [
    ['leader-election', 25],
    ['node-high', 98],
    ['system', 74],
    ['workload-high', 98],
    ['workload-low', 245],
    ['global-default', 49],
    ['catch-all', 13],
  ];
  for (const [level, seats] of expected) assert.is(seatCount(level, usualInFlight), seats);
});

// 49 seats of half a second: pod k is in round k / 49.
for (const [client, seats] of [
  ['tester', 49],
  ['kube-scheduler', 98],
] as const) {
  test(`of 1,000 requests of ${client} at once ${seats} are served at a time`, () => {
    const world = new PlaneWorld(slow);
    const {stored} = burst(world, 1000, {name: client});
    world.run(seconds(60));
    const expected = Array.from({length: 1000}, (_, k) => (Math.floor(k / seats) + 1) / 2);
    assert.equal(stored, expected);
  });
}

test('who would wait for more than 15 s is refused then and asks again a second later', () => {
  const world = new PlaneWorld(slow);
  const {stored} = burst(world, 1600);
  world.run(seconds(60));
  // The 31st round begins at 15 s; what is left asks again at 16 s.
  const inTime = 31 * 49;
  const expected = Array.from({length: 1600}, (_, k) => {
    const late = k - inTime;
    return late < 0 ? (Math.floor(k / 49) + 1) / 2 : 16 + (Math.floor(late / 49) + 1) / 2;
  });
  assert.equal(stored, expected);
});

test('after ten tries more a request fails, unless its client asks for ever', () => {
  const inFlight = {reading: 1, mutating: 1};
  const rounds = 31;
  for (const patient of [false, true]) {
    const world = new PlaneWorld({...slow, inFlight});
    const {stored, refused} = burst(world, 400, {patient});
    world.run(seconds(1000));
    assert.is(stored.filter(at => at < 16).length, rounds);
    if (patient) assert.is(stored.length, 400);
    else {
      assert.is(stored.length, 11 * rounds);
      // At the end of the last round before it.
      assert.equal([...new Set(refused.slice(11 * rounds))], [10 * 16 + 15.5]);
    }
  }
});

test('nobody waits for a level that is not their own, nor for another API server', () => {
  const world = new PlaneWorld(slow);
  burst(world, 1000);
  const others = [{name: 'kube-scheduler'}, {name: 'kubelet'}, {name: 'next'}];
  const answers = others.map(component => burst(world, 1, component).stored);
  world.run(seconds(60));
  assert.equal(answers, [[0.5], [0.5], [0.5]]);
});

test('what waited for etcd takes seats when it goes on', () => {
  const world = new PlaneWorld(slow);
  for (const each of [1, 2]) world.masters.withoutEtcd.take(master(each));
  const {stored} = burst(world, 100);
  world.run(seconds(2));
  for (const each of [1, 2]) world.masters.withoutEtcd.release(master(each));
  world.run(seconds(60));
  const times = [...new Set(stored)];
  assert.is(times.length, 3);
  assert.ok(Math.abs(times[1] - times[0] - 0.5) < 1e-6);
  assert.equal(
    times.map(at => stored.filter(other => other === at).length),
    [49, 49, 2],
  );
});

test('a kubelet that is refused reports in the order in which things happened', () => {
  const world = new PlaneWorld({...slow, nodes: 1, inFlight: {reading: 1, mutating: 1}});
  const {pods} = world.store;
  const all = Array.from({length: 200}, (_, i) => {
    const created = world.api.applyPod(wish(`pod-${i}`));
    if (!('pod' in created)) throw new Error('refused');
    pods.bind(created.pod, node(0), 0);
    return created.pod;
  });
  const kubelet = world.connect({name: 'kubelet'});
  for (const pod of all) {
    kubelet.reportStarted(pod, {ready: false});
    kubelet.reportReady(pod);
  }
  world.run(seconds(400));
  assert.is(
    all.every(pod => pods.ready(pod)),
    true,
  );
});

test('a long request does not wait for seats that were free when it began', () => {
  const seats = new Seats(2);
  for (let end = 10; end <= 90; end += 10) assert.is(seats.take(end, 5), end);
  assert.is(seats.take(95, 90), 95);
  // Two are in service from 92 on: the third is served when the first of them is done.
  assert.is(seats.take(97, 5), 97);
  assert.is(seats.take(98, 5), 100);
  const full = new Seats(1);
  full.take(seconds(20), seconds(20));
  assert.is(full.take(seconds(1), seconds(1)), noSeat);
});

test('a run that is saved while requests wait for seats goes on in the same way', () => {
  const latencies: PlaneOptions[] = [
    slow,
    {latency: {measure: 'duration', law: 'exponential', mean: milliseconds(500)} as never},
  ];
  for (const options of latencies) {
    const start = () => {
      const world = new PlaneWorld({...options, nodes: 2, inFlight: {reading: 20, mutating: 20}});
      const [one, two] = [burst(world, 300), burst(world, 300, {name: 'kube-scheduler'})];
      return {world, one, two};
    };
    for (const cut of [3, 15.7, 16.2, 40]) {
      const whole = start();
      whole.world.run(seconds(cut));
      const saved = structuredClone(whole.world.simulation.save());
      whole.world.run(seconds(300));
      const rest = start();
      rest.world.simulation.restore(saved);
      rest.world.run(seconds(300));
      assert.is(rest.world.simulation.fingerprint, whole.world.simulation.fingerprint);
      assert.is(rest.world.store.pods.count, 600);
    }
  }
});

test.run();
