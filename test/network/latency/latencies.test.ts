import assert from 'node:assert/strict';
import {suite} from 'uvu';
import {Simulation} from '../../../src/engine/simulation.ts';
import {milliseconds} from '../../../src/engine/time.ts';
import {Machines} from '../../../src/machines/machines.ts';
import {Latencies, type Path, samePod} from '../../../src/network/latency/latencies.ts';
import type {NodeId} from '../../../src/objects/ids.ts';
import {network} from '../../../src/scenario/network-schema.ts';

const test = suite('Latencies');

const [here, near, far, abroad, nowhere] = [0, 1, 2, 3, 4] as NodeId[];

function latencies(given: object): Latencies {
  const simulation = new Simulation({seed: 1});
  const machines = new Machines(simulation);
  const add = (node: NodeId, zone?: string, region?: string) =>
    machines.add(node, {zone, rack: undefined, region});
  add(here, 'a', 'east');
  add(near, 'a', 'east');
  add(far, 'b', 'east');
  add(abroad, 'a', 'west');
  add(nowhere);
  return new Latencies({simulation, machines, ...network.parse(given)});
}

const draws = (count: number, draw: () => number) =>
  Array.from({length: count}, draw).sort((one, other) => one - other);

test('what lies between two places follows from their node, zone and region', () => {
  const given = latencies({});
  const between = (from: NodeId | undefined, to: NodeId | undefined) =>
    given.name(given.between(from, to));
  const rows = [
    [here, here, 'sameNode'],
    [here, near, 'sameZone'],
    [here, far, 'crossZone'],
    [far, here, 'crossZone'],
    [here, abroad, 'crossRegion'],
    [nowhere, nowhere, 'sameNode'],
    [here, nowhere, 'crossRegion'],
    [undefined, here, 'outside'],
    [here, undefined, 'outside'],
  ] as const;
  for (const [from, to, path] of rows) assert.equal(between(from, to), path);
});

test('nodes without zone and region are near one another', () => {
  const simulation = new Simulation({seed: 1});
  const machines = new Machines(simulation);
  for (const node of [here, near]) machines.add(node, {zone: undefined, rack: undefined});
  const given = new Latencies({simulation, machines, ...network.parse({})});
  assert.equal(given.name(given.between(here, near)), 'sameZone');
});

// kubernetes-network.md, §11.1: round trips, median ms and sigma; none below 0.6 of the median.
const suggested = [
  ['samePod', 0.02, 0.2],
  ['sameNode', 0.03, 0.3],
  ['sameZone', 0.1, 0.35],
  ['crossZone', 0.6, 0.4],
  ['crossRegion', 70, 0.03],
  ['outside', 20, 0.3],
] as const;

test('round trips have the medians and spreads of clusters that were measured', () => {
  const given = latencies({});
  for (const [path, [name, median, sigma]] of suggested.entries()) {
    const trips = draws(20_001, () => given.roundTrip(path as Path));
    const microseconds = 1000 * median;
    assert.equal(given.name(path as Path), name);
    assert.ok(Math.abs(trips[10_000] / microseconds - 1) < 0.03, name);
    // The 84.1th percentile of a normal is one standard deviation.
    assert.ok(Math.abs(Math.log(trips[16_827] / microseconds) / sigma - 1) < 0.1, name);
    assert.ok(trips[0] >= Math.floor(0.6 * microseconds), name);
  }
});

test('a packet takes half of a round trip', () => {
  const given = latencies({latency: {sameZone: '300us', crossZone: {exponential: {mean: '2ms'}}}});
  const zone = given.between(here, near);
  assert.deepEqual([given.delay(zone), given.roundTrip(zone)], [150, 300]);
  const trips = draws(20_000, () => given.delay(given.between(here, far)));
  const mean = trips.reduce((sum, trip) => sum + trip) / trips.length;
  assert.ok(Math.abs(mean / milliseconds(1) - 1) < 0.03);
});

test('without latency no packet takes time, and nothing is drawn', () => {
  const given = latencies({latency: 'none'});
  for (const [path] of suggested.entries()) {
    assert.equal(given.delay(path as Path), 0);
    assert.equal(given.roundTrip(path as Path), 0);
  }
  assert.equal(given.free, true);
  for (const more of [{loss: 0.1}, {bandwidth: '1G'}]) {
    assert.equal(latencies({latency: 'none', ...more}).free, false);
  }
});

test('a lognormal trip has no floor where the scenario says so', () => {
  const given = latencies({latency: {outside: {lognormal: {median: '1s', sigma: 1}}, floor: 0}});
  const trips = draws(1000, () => given.roundTrip(given.between(undefined, here)));
  assert.ok(trips[0] < milliseconds(200));
});

test('a payload takes its bytes over the bandwidth of its way', () => {
  const bytes = 1_000_000;
  const whole = latencies({bandwidth: '1G'});
  assert.equal(whole.transfer(whole.between(here, near), bytes), milliseconds(1));
  const some = latencies({bandwidth: {outside: '10M'}});
  assert.equal(some.transfer(some.between(undefined, near), bytes), milliseconds(100));
  assert.equal(some.transfer(some.between(here, near), bytes), 0);
});

test('packets are lost by chance where the scenario says so', () => {
  const given = latencies({loss: {crossZone: '20%'}});
  const lost = (path: Path) => draws(10_000, () => Number(given.lost(path))).filter(Boolean).length;
  assert.equal(lost(given.between(here, near)), 0);
  assert.ok(Math.abs(lost(given.between(here, far)) - 2000) < 200);
  assert.equal(given.loss(given.between(here, far)), 0.2);
});

test('ways of one kind do not move what is drawn for another', () => {
  const one = latencies({});
  const other = latencies({});
  for (let i = 0; i < 10; i++) other.delay(other.between(here, far));
  const path = one.between(here, near);
  assert.deepEqual(
    draws(5, () => one.delay(path)),
    draws(5, () => other.delay(path)),
  );
});

test('a pod that calls itself sends nothing to the network of its node', () => {
  const given = latencies({latency: {samePod: '4us', sameNode: '8us'}});
  assert.equal(given.delay(samePod), 2);
});

test.run();
