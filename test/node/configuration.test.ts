// Pods whose ConfigMaps and Secrets are missing: kubelet_pods.go for environments, the volume
// manager for volumes.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {days, minutes, seconds, type Time} from '../../src/engine/time.ts';
import type {ConfigObject} from '../../src/objects/config-object.ts';
import type {ConfigReference, PodSpec} from '../../src/objects/pod-spec.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {
  container,
  type DetailedWorld,
  detailedWorld,
  podOn,
  type Wishes,
} from './detailed-world.ts';

function reference(more: Partial<ConfigReference> = {}): ConfigReference {
  return {kind: 'ConfigMap', name: 'settings', keys: [], optional: false, ...more};
}

const needs = (more: Partial<ConfigReference> = {}) => ({
  containers: [container('main', {environment: [reference(more)]})],
});

const mounts = (more: Partial<ConfigReference> = {}) => ({
  volumeReferences: [{...reference(more), volume: 'config'}],
});

function create({api}: DetailedWorld, more: Partial<ConfigObject> = {}): void {
  const value: ConfigObject = {
    ...{kind: 'ConfigMap', namespace: 'default', name: 'settings', keys: new Set<string>()},
    ...{type: undefined, immutable: false, bytes: 0, ...more},
  };
  api.applyObject({kind: 'config', value});
}

function createAt(world: DetailedWorld, at: Time, more?: Partial<ConfigObject>): void {
  world.simulation.event('test.object-created', () => create(world, more)).at(at);
}

function started(
  spec: Partial<PodSpec>,
  wishes: Wishes & {at?: Time; object?: Partial<ConfigObject>} = {},
) {
  const world = detailedWorld(wishes);
  podOn(world, spec);
  if (wishes.at !== undefined) createAt(world, wishes.at, wishes.object);
  const lacks: string[] = [];
  world.store.signals.lacking.watch((_, lack, about) => lacks.push(`${lack}: ${about}`));
  world.simulation.run(minutes(20));
  return {world, lacks, at: world.told.times('main started').map(at => at / seconds(1))};
}

test('a container waits for what its environment names, and is tried every 10 seconds', () => {
  const {at, lacks} = started(needs(), {at: seconds(65)});
  assert.equal(at, [71]);
  assert.equal(lacks.length, 7);
  assert.is(lacks[0], 'config-missing: configmap "settings" not found');
});

test('tries are 10 to 16 seconds apart by default', () => {
  forEachSeed(20, seed => {
    const {world} = started(needs(), {seed, byDefault: true, at: seconds(600)});
    const tries = world.told.times('main image-present');
    for (const [i, time] of tries.slice(1).entries()) {
      const gap = (time - tries[i]) / seconds(1);
      assert.ok(gap >= 10 && gap <= 16, `${gap}`);
    }
  });
});

test('the image is pulled before the environment is looked at', () => {
  const {world} = started(needs(), {present: []});
  assert.equal(world.told.words().slice(0, 3), [
    'main pulling',
    'main pulled',
    'main image-present',
  ]);
});

test('what is missing may be an object, a key, or in another namespace', () => {
  const rows: [string, Partial<ConfigReference>, Partial<ConfigObject>, string | undefined][] = [
    ['another kind', {kind: 'Secret'}, {}, 'secret "settings" not found'],
    ['a key', {keys: ['a']}, {keys: new Set(['b'])}, 'find key a in ConfigMap default/settings'],
    ['another namespace', {}, {namespace: 'other'}, 'configmap "settings" not found'],
    ['nothing', {keys: ['a']}, {keys: new Set(['a'])}, undefined],
    ['an optional object', {optional: true, name: 'none'}, {}, undefined],
    ['an optional key', {optional: true, keys: ['a']}, {}, undefined],
    ['made by the cluster', {name: 'kube-root-ca.crt'}, {}, undefined],
    ['made for an account', {kind: 'Secret', name: 'default-token-x5bcd'}, {}, undefined],
  ];
  for (const [what, more, object, lack] of rows) {
    const {at, lacks} = started(needs(more), {at: 0, object});
    assert.is(at.length, lack === undefined ? 1 : 0, what);
    if (lack !== undefined) assert.match(lacks[0], lack, what);
  }
});

test('a volume that lacks something is mounted later, after 0.5, 1, 2 … 122 seconds', () => {
  const {at, lacks} = started(mounts({keys: ['a']}), {
    at: seconds(100),
    object: {keys: new Set('a')},
  });
  // Tried at 0, 0.5, 1.5, 3.5 … 127.5 s. The worker has given up at 123 s and polls again at 133 s.
  assert.equal(at, [134]);
  assert.is(lacks.length, 8);
  assert.is(lacks[0], 'mount-failed: volume "config" : configmap "settings" not found');
});

test('a volume that is mounted while the worker polls is seen within 300 ms', () => {
  const {at} = started(mounts(), {at: seconds(40)});
  // Mounted at 63.5 s, seen at the poll of 63.6 s, a second for the sandbox.
  assert.equal(at, [64.6]);
});

test('a pod that runs does not mind that what it used is deleted, until it starts again', () => {
  const world = detailedWorld({behaviour: [{crashesAfter: '100s'}]});
  create(world);
  podOn(world, {...needs(), ...mounts()});
  world.simulation.run(seconds(50));
  world.client.writeObject({verb: 'delete', kind: 'config', name: 'ConfigMap/default/settings'});
  world.simulation.run(minutes(10));
  assert.is(world.told.times('main started').length, 1);
  create(world);
  world.simulation.run(minutes(13));
  assert.equal(world.told.times('main started').length, 3, 'and its crashes count once each');
});

test('a pod that waits can be deleted', () => {
  for (const spec of [needs(), mounts()]) {
    const world = detailedWorld();
    const pod = podOn(world, spec);
    world.simulation.run(seconds(30));
    world.client.deletePod(pod);
    world.simulation.run(days(1));
    assert.is(world.store.pods.count, 0);
    assert.is(world.simulation.eventsPending, 0);
  }
});

test('a run forked while pods wait goes on as the whole one', () => {
  forEachSeed(4, seed => {
    const begun = () => {
      const world = detailedWorld({seed, byDefault: true});
      podOn(world, needs(), 'one');
      podOn(world, mounts(), 'two');
      createAt(world, seconds(200));
      return world;
    };
    const whole = begun();
    whole.simulation.run(seconds(50 * seed));
    const fork = begun();
    fork.simulation.restore(whole.simulation.save());
    for (const {simulation} of [whole, fork]) simulation.run(minutes(10));
    assert.is(fork.simulation.fingerprint, whole.simulation.fingerprint);
  });
});

test.run();
