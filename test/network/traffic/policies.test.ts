// What clients do beyond one try: again, copied, over kept connections; and pods that call others.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, seconds} from '../../../src/engine/time.ts';
import {type Outcome, outcomes} from '../../../src/machines/request-book.ts';
import type {PlannedCall} from '../../../src/network/traffic/application.ts';
import type {CallingId, CallingOptions} from '../../../src/network/traffic/calling.ts';
import type {NodeId} from '../../../src/objects/ids.ts';
import {standardErrors} from '../../support/statistics.ts';
import {constant, DataPlaneWorld, hopsOf, type Pods} from './data-plane-world.ts';

const now = {base: 0, factor: 2, most: 0, jitter: 0} as const;
const work = {takes: constant(milliseconds(10))};

function counts(world: DataPlaneWorld, id: CallingId): Partial<Record<Outcome, number>> {
  const record = world.plane.record(id);
  const told = outcomes.map(outcome => [outcome, record.count(outcome)] as const);
  return Object.fromEntries(told.filter(([, count]) => count > 0));
}

/** So many requests from the first node, one each so often. */
function send(world: DataPlaneWorld, id: CallingId, count: number, every = milliseconds(20)): void {
  const client = world.plane.addClient(id, world.nodes[0]);
  for (let i = 0; i < count; i++) {
    world.plane.begin(client);
    world.simulation.run((i + 1) * every);
  }
  world.simulation.run(seconds(2000));
}

function close(world: DataPlaneWorld, pods: Pods, ...places: number[]): void {
  for (const place of places) world.listeners.set(pods.listeners[place], 'closed');
}

// C(b,t)/C(n,t) with others, (b/n)^t without (kubernetes-network.md, §14).
for (const [others, expected] of [
  [true, (2 * 1) / (5 * 4)],
  [false, (2 / 5) ** 2],
] as const) {
  test(`two tries with 2 of 5 pods closed fail as they should, others: ${others}`, () => {
    const world = new DataPlaneWorld();
    const pods = world.pods('web', 5);
    close(world, pods, 0, 3);
    const retries = {tries: 2, backOff: now, budget: undefined, others};
    const id = world.calling('caller', pods, {retries});
    send(world, id, 20_000, 1);
    const failed = (counts(world, id).refused ?? 0) / 20_000;
    const error = Math.sqrt((expected * (1 - expected)) / 20_000);
    assert.ok(Math.abs(failed - expected) < 4 * error, `${failed}, not ${expected}`);
  });
}

test('pauses grow, and a request that is answered at last has waited for all of them', () => {
  const world = new DataPlaneWorld();
  const pods = world.pods('web', 1, work);
  close(world, pods, 0);
  const backOff = {base: milliseconds(100), factor: 2, most: milliseconds(300), jitter: 0};
  const retries = {tries: 5, backOff, budget: undefined, others: false};
  const id = world.calling('caller', pods, {retries});
  world.plane.begin(world.plane.addClient(id, world.nodes[0]));
  // 100 + 200 + 300: the fourth try finds it open.
  world.simulation.run(milliseconds(550));
  world.listeners.set(pods.listeners[0], 'open');
  world.simulation.run(seconds(2));
  assert.equal(counts(world, id), {ok: 1});
  assert.is(world.plane.record(id).latency.max, milliseconds(610));
  assert.is(world.plane.record(id).attempts, 4);
});

test('a budget of 20 % lets three repetitions go on, and a fifth of what is under way', () => {
  const world = new DataPlaneWorld();
  const pods = world.pods('web', 1, {takes: constant(seconds(1)), errors: 1});
  const backOff = {base: milliseconds(1), factor: 1, most: seconds(1), jitter: 0};
  const budget = {share: 0.2, least: 3};
  const retries = {tries: 2, backOff, budget, others: false};
  const attempts = [10, 100].map(count => {
    const id = world.calling(`caller-${count}`, pods, {retries});
    const client = world.plane.addClient(id, world.nodes[0]);
    for (let i = 0; i < count; i++) world.plane.begin(client);
    world.simulation.run(world.simulation.now + seconds(10));
    assert.is(world.plane.record(id).count('error'), count);
    return world.plane.record(id).attempts;
  });
  assert.is(attempts[0], 13);
  assert.ok(attempts[1] > 110 && attempts[1] <= 120, `${attempts[1]}`);
});

test('a copy goes out when the answer is late, and the first answer counts', () => {
  const world = new DataPlaneWorld({hops: hopsOf(milliseconds(1))});
  const pods = world.pods('web', 2, work);
  world.listeners.set(pods.listeners[0], 'hung');
  const id = world.calling('caller', pods, {hedgeAfter: milliseconds(50), timeout: seconds(1)});
  send(world, id, 200, seconds(2));
  const record = world.plane.record(id);
  assert.ok(record.hedges > 70 && record.hedges < 130);
  const late = record.count('timeout');
  assert.is(record.count('ok') + late, 200);
  assert.ok(late > 20 && late < 80, 'both copies hang in one of four');
  assert.is(record.latency.max, milliseconds(64));
});

const kept = {connections: 1, multiplexed: false, requests: Infinity, age: Infinity};
const keepAlive = {...kept, idle: seconds(60)};

test('a kept connection costs one handshake, and stays with its pod', () => {
  const world = new DataPlaneWorld({hops: hopsOf(milliseconds(1))});
  const pods = world.pods('web', 5, work);
  const id = world.calling('caller', pods, {keepAlive});
  send(world, id, 50);
  const record = world.plane.record(id);
  assert.equal([...record.loads()].length, 1);
  assert.is(record.latency.min, milliseconds(12));
  assert.is(record.latency.max, milliseconds(14));
});

test('others wait while the only connection is busy; on a shared one they do not', () => {
  const latest = [false, true].map(multiplexed => {
    const world = new DataPlaneWorld({hops: hopsOf(milliseconds(1))});
    const pods = world.pods('web', 1, work);
    const id = world.calling('caller', pods, {keepAlive: {...keepAlive, multiplexed}});
    const client = world.plane.addClient(id, world.nodes[0]);
    for (let i = 0; i < 3; i++) world.plane.begin(client);
    world.simulation.run(seconds(2));
    return world.plane.record(id).latency.max;
  });
  // 14 ms and 12 more each; on the shared one two wait for the handshake and the first request.
  assert.equal(latest, [milliseconds(38), milliseconds(15)]);
});

test('a connection ends by its number of requests, its age, its idle time, or its pod', () => {
  const cases: [Partial<typeof keepAlive>, number][] = [
    [{requests: 10}, 5],
    [{age: milliseconds(200)}, 5],
    [{idle: milliseconds(5)}, 50],
  ];
  for (const [wish, connections] of cases) {
    const world = new DataPlaneWorld({hops: hopsOf(milliseconds(1))});
    const pods = world.pods('web', 1, work);
    const id = world.calling('caller', pods, {keepAlive: {...keepAlive, ...wish}});
    send(world, id, 50);
    const {sum} = world.plane.record(id).latency;
    assert.is(Number(sum), 50 * milliseconds(12) + connections * milliseconds(2));
  }
  const world = new DataPlaneWorld({hops: hopsOf(milliseconds(1))});
  const pods = world.pods('web', 2, work);
  const id = world.calling('caller', pods, {keepAlive});
  const client = world.plane.addClient(id, world.nodes[0]);
  world.plane.begin(client);
  world.simulation.run(milliseconds(100));
  for (const place of [0, 1]) close(world, pods, place);
  world.plane.begin(client);
  world.simulation.run(milliseconds(200));
  assert.equal(counts(world, id), {ok: 1, refused: 1}, 'it knows, and tries another connection');
});

// Section 9.1 of the network's reference: an established connection whose peer vanishes is an error
// after 924.6 s, as long as nobody stops waiting earlier.
test('a shared connection hangs on a lost machine until it was silent for too long', () => {
  const world = new DataPlaneWorld({nodes: 3});
  const pods = world.pods('web', 2);
  const wishes = {...keepAlive, multiplexed: true, idle: Infinity, silence: seconds(1)};
  const id = world.calling('caller', pods, {keepAlive: wishes, timeout: milliseconds(50)});
  const client = world.plane.addClient(id, world.nodes[2]);
  world.plane.begin(client);
  world.simulation.run(milliseconds(10));
  const [{serial}] = [...world.plane.record(id).loads()];
  const place = pods.targets.findIndex(target => target.serial === serial);
  const [{node}] = pods.targets.splice(place, 1);
  world.machines.withoutPower.take(node as NodeId);
  world.listeners.remove(pods.listeners[place]);
  for (let i = 1; i <= 15; i++) {
    world.simulation.run(milliseconds(i * 100));
    world.plane.begin(client);
  }
  world.simulation.run(seconds(2));
  // From the first in vain, at 100 ms, to 1,100 ms.
  assert.equal(counts(world, id), {ok: 6, timeout: 10});
});

// V15: 20 connections over 10 pods, E[max] 4.41, P(some pod has none) .785.
test('twenty kept connections are spread over ten pods by chance', () => {
  const maxima: number[] = [];
  let idle = 0;
  for (let seed = 0; seed < 400; seed++) {
    const world = new DataPlaneWorld({seed, nodes: 20});
    const pods = world.pods('web', 10);
    const id = world.calling('caller', pods, {keepAlive});
    for (const node of world.nodes) world.plane.begin(world.plane.addClient(id, node));
    world.simulation.run(seconds(1));
    const loads = [...world.plane.record(id).loads()].map(({requests}) => requests);
    maxima.push(Math.max(...loads));
    if (loads.length < 10) idle++;
  }
  assert.ok(Math.abs(standardErrors(maxima, 4.41)) < 4);
  assert.ok(Math.abs(idle / 400 - 0.785) < 4 * Math.sqrt((0.785 * 0.215) / 400));
});

type Shape = {readonly world: DataPlaneWorld; readonly calling: CallingId; readonly back: Pods};

/** A front that calls a back that takes 20 ms. */
function frontAndBack(
  steps: (call: PlannedCall) => readonly (readonly PlannedCall[])[],
  wishes: Partial<CallingOptions> = {},
  station = {discipline: 'fifo', workers: 1, limit: Infinity} as const,
): Shape {
  const world = new DataPlaneWorld({hops: hopsOf(milliseconds(1))});
  const back = world.pods('back', 1, {takes: constant(milliseconds(20))});
  const labels = {namespace: 'default', service: 'back', caller: 'front', nested: true};
  const call = {calling: world.calling('front → back', back, {labels, ...wishes}), chance: 1};
  const front = world.pods('front', 1, {
    ...{takes: constant(milliseconds(10)), station, holds: true},
    steps: steps({...call, times: 1}),
  });
  return {world, calling: world.calling('caller', front, {over: () => undefined}), back};
}

test('calls are made after the work, one after another or side by side', () => {
  const shapes = [
    (call: PlannedCall) => [[call]],
    (call: PlannedCall) => [[call], [call]],
    (call: PlannedCall) => [[{...call, times: 2}]],
  ];
  const latest = shapes.map(steps => {
    const {world, calling} = frontAndBack(steps);
    send(world, calling, 1);
    return world.plane.record(calling).latency.max;
  });
  // 4 ms of hops and 10 ms of work, then a call of 4 + 20 ms.
  assert.equal(latest, [38, 62, 38].map(milliseconds));
});

test('a worker is busy until its calls are answered', () => {
  const {world, calling} = frontAndBack(call => [[call]]);
  const client = world.plane.addClient(calling, world.nodes[0]);
  for (let i = 0; i < 3; i++) world.plane.begin(client);
  world.simulation.run(seconds(1));
  assert.is(world.plane.record(calling).latency.max, milliseconds(4 + 3 * 34));
});

for (const [wishes, outcome] of [
  [{}, 'error'],
  [{optional: true}, 'ok'],
  [{gateway: true}, 'http-502'],
] as const) {
  test(`a call that is refused makes the answer ${outcome} with ${JSON.stringify(wishes)}`, () => {
    const {world, calling, back} = frontAndBack(call => [[call]], wishes);
    close(world, back, 0);
    send(world, calling, 1);
    assert.equal(counts(world, calling), {[outcome]: 1});
  });
}

test('a pod works on for a client that has gone away', () => {
  const {world, calling} = frontAndBack(call => [[call]]);
  const client = world.plane.addClient(calling, world.nodes[0]);
  world.plane.begin(client);
  world.simulation.run(milliseconds(5));
  world.plane.removeClient(client);
  world.simulation.run(seconds(1));
  const [nested] = world.plane.records().filter(record => record.nested);
  assert.is(nested.count('ok'), 1);
  assert.is(world.plane.record(calling).sent, 0);
});

test('another client changes no draw of the first', () => {
  const times = [false, true].map(more => {
    const world = new DataPlaneWorld({nodes: 3});
    const law = {measure: 'duration', law: 'exponential', mean: milliseconds(5)} as const;
    const pods = world.pods('web', 1, {takes: law, errors: 0.1});
    const id = world.calling('first', pods);
    world.openLoop(id, 100, 'first');
    if (more) world.openLoop(world.calling('second', pods), 100, 'second');
    world.simulation.run(seconds(20));
    return [counts(world, id), world.plane.record(id).latency.sum];
  });
  assert.equal(times[0], times[1]);
});

test.run();
