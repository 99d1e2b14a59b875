// Deployments beyond the plain rolling update, against pkg/controller/deployment.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {proportionalSizes} from '../../src/controllers/proportional-scaling.ts';
import {revisionOf} from '../../src/controllers/revisions.ts';
import {minutes, seconds} from '../../src/engine/time.ts';
import type {DeploymentSpec} from '../../src/objects/workload-object.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {ControlledWorld, deployment, type WorldOptions} from './world.ts';

function settled(spec: Partial<DeploymentSpec> = {}, options: WorldOptions = {}): ControlledWorld {
  const world = new ControlledWorld(options).start();
  world.api.applyWorkload(deployment(spec));
  world.settle();
  return world;
}

const names = ({store}: ControlledWorld) => [...store.pods.all()].map(pod => store.pods.name(pod));

test('pods are called by Deployment, template and five letters', () => {
  const world = settled();
  const [set] = world.replicaSets();
  const letters = '[bcdfghjklmnpqrstvwxz2456789]';
  assert.match(set.name, new RegExp(`^web-${letters}{6,10}$`));
  for (const name of names(world)) assert.match(name, new RegExp(`^${set.name}-${letters}{5}$`));
  assert.is(new Set(names(world)).size, 10);
});

test('with nothing to do no event happens', () => {
  const world = settled();
  world.setImage('web', 'v2');
  world.simulation.run(world.simulation.now + seconds(20));
  assert.equal(world.sizes(), [0, 10]);
  // Not even a look at the progress deadline is left.
  assert.is(world.simulation.eventsPending, 0);
});

test('Recreate makes no new pod before the last old one is gone', () => {
  const world = settled({strategy: {type: 'Recreate'}});
  let left = 10;
  world.store.signals.deleted.watch(() => left--);
  const seen: number[] = [];
  world.store.signals.created.watch(() => seen.push(left));
  world.setImage('web', 'v2');
  world.settle();
  assert.is(seen.length, 10);
  assert.ok(seen.every(old => old === 0));
  assert.equal(world.sizes(), [0, 10]);
});

test('going back to an old template takes its ReplicaSet again, as the newest revision', () => {
  const world = settled();
  const image = world.deployment().spec.template.spec.containers[0].image;
  for (const next of ['v2', image]) {
    world.setImage('web', next);
    world.settle();
  }
  assert.equal(world.sizes(), [10, 0]);
  assert.equal(world.replicaSets().map(revisionOf), [3, 2]);
  assert.is(world.deployment().status.revision, 3);
});

test('of old ReplicaSets only the newest revisions stay', () => {
  const world = settled({replicas: 2, revisionHistoryLimit: 2});
  for (const image of ['v2', 'v3', 'v4', 'v5']) {
    world.setImage('web', image);
    world.settle();
  }
  assert.equal(world.replicaSets().map(revisionOf), [3, 4, 5]);
});

test('while it is paused a Deployment scales and does not roll out', () => {
  const world = settled({paused: true});
  assert.is(world.replicaSets().length, 0);
  world.change('web', {paused: false});
  world.settle();
  world.change('web', {paused: true});
  world.settle();
  world.setImage('web', 'v2');
  world.settle();
  world.change('web', {replicas: 12});
  world.settle();
  assert.equal(world.sizes(), [12]);
  world.change('web', {paused: false});
  world.settle();
  assert.equal(world.sizes(), [0, 12]);
});

test('a rollout that stands still for its deadline says so, a second later, and stays as it is', () => {
  const world = settled({}, {startup: image => (image === 'bad' ? undefined : seconds(5))});
  const from = world.simulation.now;
  let stalled = 0;
  world.store.workloadSignals.rolloutStalled.watch(() => {
    stalled = world.simulation.now;
  });
  world.setImage('web', 'bad');
  world.settle();
  assert.ok(stalled - from > seconds(600) && stalled - from < seconds(602), `${stalled - from}`);
  assert.equal(world.sizes(), [8, 5]);
  world.setImage('web', 'good');
  world.settle();
  assert.equal(world.sizes(), [0, 0, 10]);
});

test('while it is paused no deadline runs, and once it is resumed a new one does', () => {
  const world = settled({}, {startup: image => (image === 'bad' ? undefined : seconds(5))});
  let stalled = 0;
  world.store.workloadSignals.rolloutStalled.watch(() => {
    stalled = world.simulation.now;
  });
  world.setImage('web', 'bad');
  world.simulation.run(world.simulation.now + minutes(1));
  world.change('web', {paused: true});
  world.settle();
  assert.is(stalled, 0);
  const from = world.simulation.now;
  world.change('web', {paused: false});
  world.settle();
  assert.ok(stalled - from > minutes(10) && stalled - from < minutes(10.1), `${stalled - from}`);
});

test('a template changed in the middle makes the set under way an old one, whose pods go', () => {
  const world = settled();
  world.setImage('web', 'v2');
  world.simulation.run(world.simulation.now + seconds(2));
  assert.equal(world.sizes(), [8, 5]);
  world.setImage('web', 'v3');
  world.simulation.run(world.simulation.now + seconds(2));
  assert.equal(world.sizes(), [8, 0, 5]);
  world.settle();
  assert.equal(world.sizes(), [0, 0, 10]);
});

test('pods count as available only after minReadySeconds', () => {
  const world = settled({minReady: seconds(30)});
  const from = world.simulation.now;
  world.setImage('web', 'v2');
  let done = 0;
  world.store.workloadSignals.rolloutCompleted.watch(() => {
    done = world.simulation.now;
  });
  world.settle();
  assert.ok(done - from > 2 * seconds(35) && done - from < 2 * seconds(36), `${done - from}`);
});

test('scaling in the middle is spread in proportion, the rest to the largest', () => {
  // Sizes, annotation, then replicas and surge wanted, then new sizes (the documentation's example:
  // 8 and 5 of 10 + 3, scaled to 15, give 11 and 7).
  const rows: [number[], number, number, number, number[]][] = [
    [[8, 5], 13, 15, 3, [11, 7]],
    [[5, 5], 13, 5, 2, [3, 4]],
    [[10, 3], 13, 10, 3, [10, 3]],
    [[8, 5], 13, 0, 0, [0, 0]],
    // One that rounding leaves over: to the largest, of equals to the newest, or from the oldest.
    [[4, 3, 3], 10, 11, 0, [5, 3, 3]],
    [[3, 3, 3], 9, 10, 0, [3, 3, 4]],
    [[3, 3, 3], 9, 8, 0, [2, 3, 3]],
  ];
  for (const [sizes, maxReplicas, replicas, surge, expected] of rows) {
    const sets = sizes.map((size, serial) => ({size, maxReplicas, serial}));
    assert.equal(proportionalSizes(sets, {replicas, surge, replicasBefore: 0}), expected);
  }
  const world = settled();
  world.setImage('web', 'v2');
  world.simulation.run(world.simulation.now + seconds(2));
  world.change('web', {replicas: 15});
  world.simulation.run(world.simulation.now + seconds(0.02));
  assert.is(
    world.sizes().reduce((sum, size) => sum + size, 0),
    19,
  );
});

test('whatever is asked in between, the last wish comes true, within the limits, and all is quiet', () => {
  forEachSeed(40, seed => {
    const world = new ControlledWorld({seed}).start();
    world.api.applyWorkload(deployment());
    const dice = world.simulation.random('test/dice');
    let replicas = 10;
    for (let i = 0; i < 8; i++) {
      replicas = dice.integer(0, 20);
      if (dice.uniform() < 0.5) world.setImage('web', `v${dice.integer(1, 4)}`);
      else world.change('web', {replicas});
      world.simulation.run(world.simulation.now + dice.integer(0, 12_000_000));
    }
    world.change('web', {replicas});
    world.settle();
    const {status} = world.deployment();
    assert.is(status.availableReplicas, replicas);
    assert.is(status.updatedReplicas, replicas);
    assert.is(world.pods().length, replicas);
    assert.is(world.simulation.eventsPending, 0);
  });
});

test('a run saved in the middle of a rollout goes on as the whole one does', () => {
  forEachSeed(20, seed => {
    const begun = (): ControlledWorld => {
      const world = new ControlledWorld({seed}).start();
      world.api.applyWorkload(deployment());
      world.simulation.run(seconds(20));
      world.setImage('web', 'v2');
      return world;
    };
    const [whole, half] = [begun(), begun()];
    whole.simulation.run(minutes(30));
    half.simulation.run(minutes(30), {maxEvents: 10 + 13 * seed});
    const fork = new ControlledWorld({seed});
    fork.simulation.restore(structuredClone(half.simulation.save()));
    fork.simulation.run(minutes(30));
    assert.is(fork.simulation.fingerprint, whole.simulation.fingerprint);
    assert.equal(names(fork), names(whole));
  });
});

test.run();
