// Laws of leader election under any faults of masters: never two leaders act, somebody leads in the
// end, and a run that is saved in the middle goes on identically.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../src/engine/random.ts';
import {minutes, seconds} from '../../src/engine/time.ts';
import type {LedComponent, MasterId} from '../../src/machines/masters.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {ElectionWorld} from './election-world.ts';

const components: readonly LedComponent[] = ['kube-scheduler', 'kube-controller-manager'];

type Fault = (world: ElectionWorld) => void;

/** Ten faults with their ends, in any order that a master can live through. */
function* faults(dice: RandomStream, masters: number): Generator<Fault> {
  const off = new Set<number>();
  const away = new Set<number>();
  const toggle = (set: Set<number>, master: number) => set.delete(master) || !set.add(master);
  for (let i = 0; i < 20; i++) {
    const master = Math.floor(dice.uniform(0, masters)) as MasterId;
    const what = dice.uniform();
    if (what < 0.3) {
      const component = components[what < 0.15 ? 0 : 1];
      yield world => world.masters.leaderCrashed.emit(component);
    } else if (what < 0.65) {
      const on = toggle(off, master);
      yield ({masters: {withoutPower}}) => withoutPower[on ? 'release' : 'take'](master);
    } else {
      const back = toggle(away, master);
      yield world => (back ? world.join(master) : world.cut(master));
    }
  }
  for (const master of off as Set<MasterId>) yield w => w.masters.withoutPower.release(master);
  for (const master of away) yield world => world.join(master);
}

function play(world: ElectionWorld, seed: number, from = 0, until = Infinity): void {
  const dice = new RandomStream(`${seed}`);
  const masters = 1 + (seed % 3) * 2;
  for (const [i, fault] of [...faults(new RandomStream(`f${seed}`), masters)].entries()) {
    const wait = seconds(dice.exponential(dice.uniform() < 0.5 ? 5 : 60));
    if (i < from || i >= until) continue;
    world.at(world.simulation.now + wait);
    fault(world);
  }
}

const worldOf = (seed: number) => new ElectionWorld({seed, masters: 1 + (seed % 3) * 2});

test('never two leaders act, and somebody leads after the last fault', () => {
  forEachSeed(300, seed => {
    const world = worldOf(seed);
    play(world, seed);
    world.at(world.simulation.now + minutes(6));
    for (const component of components) {
      assert.ok(world.acting.has(component), `${component} does not act`);
      const master = world.election.leader(component);
      assert.ok(master !== undefined && !world.masters.withoutPower.has(master));
    }
    assert.is(world.simulation.eventsPending, 0);
  });
});

test('a run saved in the middle of a takeover goes on identically', () => {
  forEachSeed(100, seed => {
    const whole = worldOf(seed);
    play(whole, seed, 0, 12);
    const saved = structuredClone(whole.simulation.save());
    const restored = worldOf(seed);
    restored.simulation.restore(saved);
    for (const component of whole.acting) restored.acting.add(component);
    for (const component of components) {
      if (!whole.acting.has(component)) restored.acting.delete(component);
    }
    for (const world of [whole, restored]) {
      play(world, seed, 12);
      world.at(world.simulation.now + minutes(6));
    }
    assert.is(restored.simulation.fingerprint, whole.simulation.fingerprint);
    assert.equal(
      restored.election.leader('kube-scheduler'),
      whole.election.leader('kube-scheduler'),
    );
  });
});

test.run();
