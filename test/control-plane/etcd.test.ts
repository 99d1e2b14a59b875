// Rules: quorum and elections of etcd as its documentation and Raft have them.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {elected, quorumOf} from '../../src/control-plane/etcd-votes.ts';
import {noTiming} from '../../src/control-plane/timing.ts';
import {RandomStream} from '../../src/engine/random.ts';
import {milliseconds, second, seconds} from '../../src/engine/time.ts';
import type {MasterId} from '../../src/machines/masters.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {master, nowhere, PlaneWorld} from './plane-world.ts';

function lose(world: PlaneWorld, count: number, from = 0): void {
  for (let i = from; i < from + count; i++) world.masters.withoutPower.take(master(i));
}

// https://etcd.io/docs/v3.6/faq/: a cluster of n tolerates the loss of n - (n / 2 + 1).
for (const [masters, lost, commits] of [
  [1, 0, true],
  [1, 1, false],
  [2, 1, false],
  [3, 1, true],
  [3, 2, false],
  [4, 1, true],
  [4, 2, false],
  [5, 2, true],
  [5, 3, false],
  [7, 3, true],
  [7, 4, false],
] as const) {
  const outcome = commits ? 'commits' : 'does not commit';
  test(`etcd of ${masters} that loses ${lost}, its leader first, ${outcome}`, () => {
    const world = new PlaneWorld({masters});
    lose(world, lost);
    world.run(seconds(20));
    assert.is(world.plane.writable, commits);
  });
}

test('while all is well nothing happens', () => {
  const world = new PlaneWorld({masters: 5, nodes: 100});
  world.run(seconds(1e6));
  assert.is(world.simulation.eventsHandled, 0);
  assert.is(world.plane.etcd.leader, 0);
});

// Reference 9.1: 1 to 2 s and a round of votes.
test('without its leader etcd does not commit for one to 2.2 seconds', () => {
  let longest = 0;
  let shortest = Infinity;
  forEachSeed(300, seed => {
    const world = new PlaneWorld({seed});
    const lostAt = seconds(10) + seed * milliseconds(7);
    world.run(lostAt);
    let found = 0;
    world.plane.writableFound.watch(() => {
      found = world.simulation.now;
    });
    lose(world, 1);
    assert.is(world.plane.writable, false);
    world.run(lostAt + seconds(10));
    const gap = found - lostAt;
    assert.ok(gap >= second && gap <= 2.2 * second, `${gap}`);
    [shortest, longest] = [Math.min(shortest, gap), Math.max(longest, gap)];
  });
  assert.ok(shortest < 1.1 * second && longest > 1.8 * second, `${shortest} ${longest}`);
});

test('a follower that is lost is not missed', () => {
  const world = new PlaneWorld({});
  lose(world, 1, 2);
  world.run(seconds(10));
  assert.is(world.plane.etcd.leader, 0);
  assert.is(world.plane.etcd.term, 1);
});

// As Raft's CheckQuorum.
for (const [away, terms] of [
  [milliseconds(900), 1],
  [milliseconds(1100), 2],
] as const) {
  test(`a leader without its followers for ${away / 1000} ms is in term ${terms} after`, () => {
    const world = new PlaneWorld({});
    for (const i of [1, 2]) world.masters.withoutLink.take(master(i));
    assert.is(world.plane.writable, false);
    world.run(away);
    for (const i of [1, 2]) world.masters.withoutLink.release(master(i));
    world.run(seconds(60));
    assert.is(world.plane.writable, true);
    assert.is(world.plane.etcd.term, terms);
  });
}

test('one member alone leads again when its process is back', () => {
  const world = new PlaneWorld({masters: 1});
  world.masters.withoutEtcd.take(master(0));
  assert.is(world.plane.writable, false);
  world.masters.withoutEtcd.release(master(0));
  world.run(seconds(10));
  assert.is(world.plane.writable, true);
});

test('on the smaller side of a cut nobody commits, on the other a new leader does', () => {
  const world = new PlaneWorld({});
  world.masters.withoutLink.take(master(0));
  world.run(seconds(5));
  const {etcd} = world.plane;
  assert.ok(etcd.leader !== undefined && etcd.leader !== 0);
  assert.equal(
    [0, 1, 2].map(i => etcd.writableFrom(master(i))),
    [false, true, true],
  );
});

test('with the majority cut off one from another nobody leads, until the cuts heal', () => {
  const world = new PlaneWorld({});
  for (const i of [0, 1]) world.masters.withoutLink.take(master(i));
  world.run(seconds(5));
  assert.is(world.plane.etcd.leader, undefined);
  world.masters.withoutLink.release(master(1));
  world.run(seconds(8));
  assert.is(world.plane.writable, true);
});

test('two candidates at once may split the votes, three others decide', () => {
  const stream = new RandomStream('votes');
  const of = (...ids: number[]) => ids as MasterId[];
  const two = {voters: of(1, 2), candidates: of(1, 2), quorum: quorumOf(3), stream};
  assert.is(elected(two), undefined);
  const outcomes = new Set<MasterId | undefined>();
  for (let i = 0; i < 100; i++) {
    outcomes.add(elected({...two, voters: of(1, 2, 3, 4), quorum: quorumOf(5)}));
  }
  assert.is(outcomes.has(undefined), true);
  assert.is(outcomes.has(1 as MasterId), true);
  assert.is(outcomes.has(2 as MasterId), true);
});

test('without control-plane delays a majority commits at any instant', () => {
  const world = new PlaneWorld({timing: noTiming});
  world.masters.withoutPower.take(master(0));
  assert.is(world.plane.writable, true);
  world.masters.withoutPower.take(master(1));
  assert.is(world.plane.writable, false);
  world.masters.withoutPower.release(master(0));
  assert.is(world.plane.writable, true);
});

test('a master that is added counts for the majority once it has joined', () => {
  const world = new PlaneWorld({masters: 1});
  for (const name of ['b', 'c']) world.plane.addMaster({name, node: undefined, ...nowhere});
  world.run(seconds(29));
  assert.is(world.plane.etcd.members.length, 1);
  world.run(seconds(40));
  assert.is(world.plane.etcd.members.length, 3);
  assert.is(world.plane.serves(master(2)), true);
  lose(world, 1);
  world.run(seconds(50));
  assert.is(world.plane.writable, true);
});

test('a master that is taken out counts no more, be it the leader or lost before', () => {
  const world = new PlaneWorld({masters: 3});
  lose(world, 1, 2);
  world.plane.removeMaster(master(2));
  assert.equal([...world.plane.etcd.members], [0, 1]);
  world.plane.removeMaster(master(0));
  world.run(seconds(5));
  assert.equal([...world.plane.etcd.members], [1]);
  assert.is(world.plane.writable, true);
});

test('without a majority no member comes or goes until it is back', () => {
  const world = new PlaneWorld({masters: 3});
  lose(world, 2);
  world.plane.removeMaster(master(2));
  world.plane.addMaster({name: 'd', node: undefined, ...nowhere});
  world.run(seconds(100));
  assert.equal([...world.plane.etcd.members], [0, 1, 2]);
  for (const i of [0, 1]) world.masters.withoutPower.release(master(i));
  world.run(seconds(200));
  assert.equal([...world.plane.etcd.members], [0, 1, 3]);
  assert.is(world.plane.writable, true);
});

test.run();
