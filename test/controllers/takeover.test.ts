// What becomes of the controllers' work when their process ends and another takes over.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../src/engine/random.ts';
import {milliseconds, minutes, seconds} from '../../src/engine/time.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {ControlledWorld, deployment} from './world.ts';

function running(seed = 1, replicas = 10): ControlledWorld {
  const world = new ControlledWorld({seed}).start();
  world.api.applyWorkload(deployment({replicas}));
  return world;
}

const at = (world: ControlledWorld, time: number) => world.simulation.run(time);
const after = (world: ControlledWorld, time: number) => at(world, world.simulation.now + time);

test('while no controller manager leads, nothing that is missing is replaced', () => {
  const world = running();
  at(world, minutes(1));
  world.manager.stop();
  world.operator.deletePod(world.pods()[0]);
  after(world, minutes(1));
  assert.is(world.pods().length, 9);
  world.manager.start();
  after(world, minutes(1));
  assert.is(world.pods().length, 10);
});

test('what was created and not yet seen is not created again', () => {
  forEachSeed(100, seed => {
    const world = running(seed, 30);
    at(world, milliseconds(seed));
    world.manager.stop();
    after(world, seconds(16));
    world.manager.start();
    after(world, minutes(2));
    assert.is(world.store.pods.created, 30);
    assert.is(world.pods().length, 30);
  });
});

test('expectations end with the process that had them', () => {
  const world = running(1, 30);
  // In the middle of slow start: some of the thirty are asked for and never stored.
  at(world, milliseconds(20));
  world.manager.stop();
  world.manager.start();
  // Sooner than the five minutes after which an expectation is given up.
  after(world, minutes(1));
  assert.is(world.pods().length, 30);
});

test('work that was laid aside goes on under its own cause', () => {
  const world = running();
  at(world, minutes(1));
  const {simulation, store} = world;
  const begin = simulation.event('test.fault', () => {
    store.causes.begin({origin: 'fault', kind: 'pod-lost', target: 'one'});
    world.operator.deletePod(world.pods()[0]);
  });
  const stop = simulation.event('test.stop', () => {
    store.causes.begin({origin: 'fault', kind: 'leader-crash', target: 'manager'});
    world.manager.stop();
  });
  const start = simulation.event('test.start', () => world.manager.start());
  begin.after(seconds(2));
  stop.after(seconds(1));
  start.after(seconds(20));
  after(world, minutes(1));
  const newest = world
    .pods()
    .reduce((a, b) => (store.pods.serial(a) > store.pods.serial(b) ? a : b));
  assert.is(store.causes.get(store.pods.cause(newest))?.kind, 'pod-lost');
});

test('however often the manager dies in a rollout, it ends with the wanted pods alone', () => {
  forEachSeed(60, seed => {
    const world = running(seed);
    const dice = new RandomStream(`${seed}`);
    at(world, minutes(1));
    world.setImage('web', 'registry.example/app:2');
    for (let i = 0; i < 6; i++) {
      after(world, seconds(dice.exponential(3)));
      world.manager.stop();
      after(world, seconds(dice.uniform(0, 20)));
      world.manager.start();
    }
    world.settle();
    assert.is(world.simulation.eventsPending, 0);
    assert.equal(world.sizes(), [0, 10]);
    const images = world.pods().map(pod => world.store.pods.template(pod).spec.containers[0].image);
    assert.equal(images, new Array(10).fill('registry.example/app:2'));
  });
});

test('a run saved while no controller manager leads goes on identically', () => {
  forEachSeed(30, seed => {
    const whole = running(seed);
    at(whole, milliseconds(seed * 3));
    whole.manager.stop();
    at(whole, seconds(5));
    const saved = structuredClone(whole.simulation.save());
    const restored = new ControlledWorld({seed});
    restored.simulation.restore(saved);
    for (const world of [whole, restored]) {
      world.manager.start();
      at(world, minutes(2));
    }
    assert.is(restored.simulation.fingerprint, whole.simulation.fingerprint);
    assert.is(restored.pods().length, 10);
  });
});

test.run();
