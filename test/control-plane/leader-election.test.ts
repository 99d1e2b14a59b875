// Leader election against the rules of client-go's leaderelection.go: 15 s lease, 10 s renew
// deadline, a try every 2 s, candidates that look every 2 s · U[1, 2.2).

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {days, inSeconds, minutes, seconds} from '../../src/engine/time.ts';
import type {LedComponent, MasterId} from '../../src/machines/masters.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {mean} from '../support/statistics.ts';
import {ElectionWorld} from './election-world.ts';

const scheduler: LedComponent = 'kube-scheduler';
const manager: LedComponent = 'kube-controller-manager';
const first = 0 as MasterId;

/** From the loss of the leader to the next one, in seconds. */
function takeover(world: ElectionWorld, component: LedComponent, lose: () => void): number {
  world.at(seconds(100));
  lose();
  world.at(minutes(5));
  const [left, leads] = world.of(component);
  assert.is(left.what, 'left');
  assert.is(leads.what, 'leads');
  return inSeconds(leads.at - seconds(100));
}

test('no event happens while all is well', () => {
  const world = new ElectionWorld().at(days(365));
  assert.is(world.simulation.eventsHandled, 0);
  assert.equal(world.changes, []);
});

test('the first master leads at the start', () => {
  const {election} = new ElectionWorld();
  assert.is(election.leader(scheduler), first);
  assert.is(election.leader(manager), first);
});

// kubernetes-controllers reference, leader election: 15 − a + o + r, ≈13–22 s, mean ≈17.3 s with one
// candidate, ≈16.5 s with two (Monte-Carlo).
for (const {masters, expected} of [
  {masters: 2, expected: 17.3},
  {masters: 3, expected: 16.5},
]) {
  test(`with ${masters - 1} candidates a crash costs ${expected} s on average`, () => {
    const samples: number[] = [];
    forEachSeed(3000, seed => {
      const world = new ElectionWorld({seed, masters});
      const lose = () => world.masters.withoutPower.take(first);
      samples.push(takeover(world, manager, lose));
    });
    assert.ok(Math.min(...samples) >= 13 && Math.max(...samples) <= 24, `${Math.max(...samples)}`);
    assert.ok(samples.filter(x => x <= 22).length >= 0.99 * samples.length);
    assert.ok(Math.abs(mean(samples) - expected) < 0.1, `mean ${mean(samples)}`);
  });
}

test('a crashed process of one master waits for its own old lease', () => {
  forEachSeed(200, seed => {
    const world = new ElectionWorld({seed, masters: 1});
    const wait = takeover(world, scheduler, () => world.masters.leaderCrashed.emit(scheduler));
    assert.ok(wait >= 16 && wait <= 20.4, `${wait}`);
  });
});

test('without leader election a crashed process leads as soon as it runs', () => {
  const world = new ElectionWorld({masters: 1, way: 'alone'});
  assert.is(
    takeover(world, scheduler, () => world.masters.leaderCrashed.emit(scheduler)),
    1,
  );
});

test('without delays any other process leads at once, and nobody where none can', () => {
  const world = new ElectionWorld({way: 'at-once'});
  assert.is(
    takeover(world, scheduler, () => world.masters.withoutPower.take(first)),
    0,
  );
  world.cut(1, 2);
  assert.is(world.election.leader(scheduler), undefined);
  world.join(2);
  assert.is(world.election.leader(scheduler), 2);
  world.masters.leaderCrashed.emit(scheduler);
  assert.is(world.at(minutes(6)).election.leader(scheduler), 2);
});

test('a crash of one component leaves the other alone', () => {
  const world = new ElectionWorld();
  takeover(world, scheduler, () => world.masters.leaderCrashed.emit(scheduler));
  assert.equal(world.of(manager), []);
});

test('a scheduler that is told to end gives its lease back, a controller manager does not', () => {
  forEachSeed(200, seed => {
    const world = new ElectionWorld({seed});
    assert.ok(takeover(world, scheduler, () => world.masters.remove(first)) <= 4.4);
    const [, leads] = world.of(manager);
    assert.ok(leads.at - seconds(100) >= seconds(13));
  });
});

test('a leader that cannot renew for 10 s after its next try exits', () => {
  forEachSeed(200, seed => {
    const world = new ElectionWorld({seed});
    const wait = takeover(world, scheduler, () => world.cut(first));
    const [left] = world.of(scheduler);
    const held = inSeconds(left.at - seconds(100));
    assert.ok(held >= 10 && held <= 12, `${held}`);
    assert.ok(wait >= 13 && wait <= 24, `${wait}`);
  });
});

test('a leader that reaches the API again in time stays the leader', () => {
  const world = new ElectionWorld().at(seconds(100));
  world.cut(0);
  world.at(seconds(109)).join(0);
  world.at(minutes(10));
  assert.equal(world.changes, []);
});

test('where all were cut off, the candidates that stayed take over as soon as they look', () => {
  forEachSeed(200, seed => {
    const world = new ElectionWorld({seed}).at(seconds(100));
    world.cut(0, 1, 2);
    world.at(minutes(60)).join(0, 1, 2);
    world.at(minutes(61));
    const [left, leads] = world.of(manager);
    assert.ok(left.at <= seconds(112));
    // One that had not seen the last renewal waits for a whole lease.
    const wait = inSeconds(leads.at - minutes(60));
    assert.ok(wait <= 4.4 || (wait >= 15 && wait <= 24), `${wait}`);
  });
});

// As doBackOff: 0, 10, 20, 40, 80, 160, 300, 300 s, each after a second of starting and ten of waiting.
test('the only process exits and is started ever later while no API server is there', () => {
  const world = new ElectionWorld({masters: 1}).at(seconds(100));
  world.cut(0);
  const starts: number[] = [];
  world.simulation.trace((at, _sequence, name) => {
    if (name === 'kube-scheduler.process-started') starts.push(at);
  });
  world.at(minutes(30));
  const gaps = starts.slice(1).map((at, i) => inSeconds(at - starts[i]) - 11);
  assert.equal(gaps.slice(0, 7), [10, 20, 40, 80, 160, 300, 300]);
});

test('after a long outage the only process may still be waiting to be started', () => {
  const world = new ElectionWorld({masters: 1}).at(seconds(100));
  world.cut(0);
  world.at(minutes(30)).join(0);
  world.at(minutes(60));
  const leads = world.of(scheduler).at(-1);
  assert.is(leads?.what, 'leads');
  const wait = inSeconds((leads?.at ?? 0) - minutes(30));
  assert.ok(wait > 15 && wait < 330, `${wait}`);
});

test('a master that came during the run may lead', () => {
  const world = new ElectionWorld({masters: 1}).at(seconds(10));
  const second = world.addMaster('master-1');
  world.at(seconds(100)).masters.withoutPower.take(first);
  world.at(minutes(3));
  assert.is(world.election.leader(scheduler), second);
});

test.run();
