import * as assert from 'node:assert/strict';
import {test} from 'uvu';
import {Simulation} from '../../src/engine/simulation.ts';
import {minute, second, toTime} from '../../src/engine/time.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {randomWorld} from './random-world.ts';

test('a run forked in the middle ends as one that was not', () => {
  forEachSeed(40, seed => {
    const whole = randomWorld(seed);
    whole.run(minute);
    const first = randomWorld(seed);
    first.run(toTime((seed % 10) * 5 * second), {maxEvents: 1 + seed * 211});
    const saved = structuredClone(first.save());
    const forks = [first, randomWorld(seed), randomWorld(seed)];
    for (const fork of forks) {
      if (fork !== first) fork.restore(saved);
      fork.run(minute);
      assert.equal(fork.fingerprint, whole.fingerprint);
      assert.deepEqual(fork.save(), whole.save());
    }
  });
});

test('what is restored and saved again is the same', () => {
  forEachSeed(10, seed => {
    const one = randomWorld(seed);
    one.run(20 * second);
    const saved = one.save();
    const other = randomWorld(seed);
    other.restore(saved);
    assert.deepEqual(other.save(), saved);
  });
});

test('a saved state shares nothing with the run it was saved from', () => {
  const simulation = new Simulation({seed: 1});
  const list = [1];
  simulation.part('list', {save: () => list, restore: () => {}});
  const saved = simulation.save();
  list.push(2);
  assert.deepEqual(saved.parts.get('list'), [1]);
});

test('samplers go on where they were', () => {
  const build = () => {
    const simulation = new Simulation({seed: 1});
    const seen: number[] = [];
    simulation.sampler(7, now => seen.push(now));
    return {simulation, seen};
  };
  const one = build();
  one.simulation.run(16);
  const other = build();
  other.simulation.restore(one.simulation.save());
  other.simulation.run(30);
  assert.deepEqual(other.seen, [21, 28]);
});

test('pending events find their kinds by name', () => {
  const build = (names: string[]) => {
    const simulation = new Simulation({seed: 1});
    const seen: string[] = [];
    const kinds = new Map(names.map(name => [name, simulation.event(name, () => seen.push(name))]));
    return {simulation, seen, kinds};
  };
  const one = build(['a.came', 'b.came']);
  one.kinds.get('b.came')?.at(5);
  const other = build(['b.came', 'a.came']);
  other.simulation.restore(one.simulation.save());
  other.simulation.run(10);
  assert.deepEqual(other.seen, ['b.came']);
});

test('a state that does not fit the simulation is refused by name', () => {
  const part = {save: () => 0, restore: () => {}};
  const one = new Simulation({seed: 1});
  one.part('disks', part);
  assert.throws(() => new Simulation({seed: 1}).restore(one.save()), /part disks is saved/);
  assert.throws(() => one.restore(new Simulation({seed: 1}).save()), /part disks is in this run/);
  const other = new Simulation({seed: 1});
  other.event('bell.rang', () => {}).at(1);
  assert.throws(() => new Simulation({seed: 1}).restore(other.save()), /no event kind bell.rang/);
  one.part('broken', {save: () => () => {}, restore: () => {}});
  assert.throws(() => one.save(), /part broken saves what cannot be cloned/);
});

test('a stream that is claimed only after the restore goes on, too', () => {
  const one = new Simulation({seed: 1});
  const stream = one.random('late');
  stream.uniform();
  const other = new Simulation({seed: 1});
  other.restore(one.save());
  assert.deepEqual(other.save().streams, one.save().streams);
  assert.equal(other.random('late').uniform(), stream.uniform());
});

test('a new stream moves no other', () => {
  const one = new Simulation({seed: 1});
  const other = new Simulation({seed: 1});
  other.random('new').uniform();
  other.passingRandom('passing').uniform();
  assert.equal(other.random('old').uniform(), one.random('old').uniform());
});

test.run();
