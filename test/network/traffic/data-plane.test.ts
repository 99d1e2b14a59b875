// What becomes of single requests: each step of their way against time.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, seconds} from '../../../src/engine/time.ts';
import type {Outcome} from '../../../src/machines/request-book.ts';
import type {CallingOptions} from '../../../src/network/traffic/calling.ts';
import {constant, DataPlaneWorld, hopsOf, type Pods} from './data-plane-world.ts';

const trip = hopsOf(milliseconds(1));
const work = {takes: constant(milliseconds(10))};

type Told = readonly [outcome: Outcome, latency: number, at: number];

/** One request from the first node, sent at 0; what happens meanwhile, and how it ended. */
function play(
  world: DataPlaneWorld,
  pods: Pods,
  wishes: Partial<CallingOptions> = {},
  meanwhile: readonly (readonly [time: number, what: () => void])[] = [],
): Told[] {
  const told: Told[] = [];
  world.plane.observe(() => ({
    ended: (outcome, latency, at) => told.push([outcome, latency / 1000, at / 1000]),
  }));
  const id = world.calling('caller', pods, wishes);
  const client = world.plane.addClient(id, world.nodes[0]);
  world.plane.begin(client);
  for (const [time, what] of meanwhile) {
    world.simulation.run(time);
    what();
  }
  world.simulation.run(seconds(2000));
  const record = world.plane.record(id);
  assert.is(record.sent, told.length);
  return told;
}

const waited = {over: () => undefined};

for (const [name, wishes] of [
  ['nobody waits for', {}],
  ['somebody waits for', waited],
] as const) {
  test(`a request that ${name} costs a handshake, a way there, work, and a way back`, () => {
    const world = new DataPlaneWorld({hops: trip});
    assert.equal(play(world, world.pods('web', 1, work), wishes), [['ok', 14, 14]]);
  });

  test(`a request that ${name} costs its work alone without hops`, () => {
    const world = new DataPlaneWorld();
    assert.equal(play(world, world.pods('web', 1, work), wishes), [['ok', 10, 10]]);
  });

  test(`a request that ${name} is refused by a pod that does not listen after a round trip`, () => {
    const world = new DataPlaneWorld({hops: trip});
    const pods = world.pods('web', 1, work);
    world.listeners.set(pods.listeners[0], 'closed');
    assert.equal(play(world, pods, wishes), [['refused', 2, 2]]);
  });

  test(`a request that ${name} is reset where the pod ends`, () => {
    const world = new DataPlaneWorld({hops: trip});
    const pods = world.pods('web', 1, work);
    const end = () => world.listeners.set(pods.listeners[0], 'closed');
    assert.equal(play(world, pods, wishes, [[milliseconds(5), end]]), [['reset', 6, 6]]);
  });

  test(`a request that ${name} gets no answer from a machine without power`, () => {
    const world = new DataPlaneWorld({hops: trip});
    const pods = world.pods('web', 2, work);
    pods.targets.shift();
    const lost = () => {
      world.machines.withoutPower.take(world.nodes[1]);
      world.listeners.remove(pods.listeners[1]);
    };
    const told = play(world, pods, {...wishes, timeout: seconds(3)}, [[milliseconds(5), lost]]);
    assert.equal(told, [['timeout', 3000, 3000]]);
  });

  test(`a request that ${name} is given up by the kernel at last`, () => {
    const world = new DataPlaneWorld({hops: trip});
    const pods = world.pods('web', 2, work);
    pods.targets.shift();
    const lost = () => {
      world.machines.withoutPower.take(world.nodes[1]);
      world.listeners.remove(pods.listeners[1]);
    };
    const [[outcome, latency]] = play(world, pods, wishes, [[milliseconds(5), lost]]);
    assert.equal([outcome, latency], ['timeout', 924_605]);
  });

  test(`a request that ${name} ends with the client's patience, and the pod works on`, () => {
    const world = new DataPlaneWorld({hops: trip});
    const pods = world.pods('web', 1, work);
    assert.equal(play(world, pods, {...wishes, timeout: milliseconds(6)}), [['timeout', 6, 6]]);
  });

  test(`a request that ${name} hangs with its pod until that is killed`, () => {
    const world = new DataPlaneWorld({hops: trip});
    const pods = world.pods('web', 1, work);
    const told = play(world, pods, wishes, [
      [milliseconds(5), () => world.listeners.set(pods.listeners[0], 'hung')],
      [seconds(50), () => world.listeners.set(pods.listeners[0], 'closed')],
    ]);
    assert.equal(told, [['reset', 50_001, 50_001]]);
  });

  test(`a request that ${name} to an address that is gone knocks by the kernel's schedule`, () => {
    const world = new DataPlaneWorld({hops: trip});
    const pods = world.pods('web', 1, work);
    world.listeners.remove(pods.listeners[0]);
    assert.equal(play(world, pods, wishes), [['connect-timeout', 131_000, 131_000]]);
  });

  test(`a request that ${name} waits no longer for a connection than it should`, () => {
    const world = new DataPlaneWorld({hops: trip});
    const pods = world.pods('web', 1, work);
    world.listeners.remove(pods.listeners[0]);
    const limits = {...wishes, connectTimeout: seconds(5)};
    assert.equal(play(world, pods, limits), [['connect-timeout', 5000, 5000]]);
  });

  test(`a request that ${name} crosses a cut that heals with the next packet`, () => {
    const world = new DataPlaneWorld({hops: trip});
    const pods = world.pods('web', 2, work);
    pods.targets.shift();
    const told = play(world, pods, wishes, [
      [milliseconds(5), () => world.cut()],
      [seconds(1), () => world.heal()],
    ]);
    // The answer leaves after 13 ms, and again 200, 600 and 1,400 ms after its first time.
    assert.equal(told, [['ok', 1414, 1414]]);
  });
}

test('an answer that is an error fails its request', () => {
  const world = new DataPlaneWorld();
  assert.equal(play(world, world.pods('web', 1, {...work, errors: 1})), [['error', 10, 10]]);
});

for (const [name, wishes] of [
  ['nobody waits for', {}],
  ['somebody waits for', waited],
] as const) {
  test(`errors of requests that ${name} are failures of the pods that answer them`, () => {
    const world = new DataPlaneWorld({hops: trip});
    const wrong = world.pods('web', 2, {...work, errors: 0.5});
    const id = world.calling('caller', wrong, wishes);
    world.openLoop(id, 20, 'caller');
    world.simulation.run(seconds(20));
    const record = world.plane.record(id);
    const failed = [...record.loads()].reduce((sum, load) => sum + load.failed, 0);
    assert.ok(failed > 100, `${failed}`);
    assert.ok(Math.abs(failed - record.count('error')) <= 2, `${failed}`);
  });
}

test('there is no room beyond the queue', () => {
  const world = new DataPlaneWorld({hops: trip});
  const station = {discipline: 'fifo', workers: 1, limit: 0} as const;
  assert.equal(play(world, world.pods('web', 1, {...work, station})), [['rejected', 4, 4]]);
});

test('no endpoint: refused at once; no route: lost', () => {
  const world = new DataPlaneWorld({hops: trip});
  assert.equal(play(world, world.pods('web', 0)), [['refused', 0, 0]]);
  const other = new DataPlaneWorld({hops: trip});
  const pods = other.pods('web', 1);
  pods.arrival = 'dropped';
  const told = play(other, pods, {connectTimeout: seconds(4)});
  assert.equal(told, [['connect-timeout', 4000, 4000]]);
});

test.run();
