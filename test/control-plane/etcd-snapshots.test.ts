// What becomes of a cluster whose etcd returns to an earlier copy, with controllers that start anew
// and a stand-in for scheduler and kubelets.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {EtcdSnapshots} from '../../src/control-plane/etcd-snapshots.ts';
import {PodRegistry} from '../../src/control-plane/pod-registry.ts';
import {RandomStream} from '../../src/engine/random.ts';
import {minutes, seconds, type Time} from '../../src/engine/time.ts';
import {Machines} from '../../src/machines/machines.ts';
import type {NodeId, PodId} from '../../src/objects/ids.ts';
import {ControlledWorld, deployment} from '../controllers/world.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {nodeWith} from '../support/pods-and-nodes.ts';

class SnapshotWorld extends ControlledWorld {
  readonly snapshots: EtcdSnapshots;
  readonly machines: Machines;

  constructor(seed = 1) {
    super({seed});
    const {simulation, store} = this;
    this.machines = new Machines(simulation);
    const registry = new PodRegistry(simulation, store);
    this.snapshots = new EtcdSnapshots({simulation, store, machines: this.machines, registry});
    store.nodeSignals.changed.watch((node, before, after) => {
      if (before === undefined && after !== undefined) this.#plugIn(node);
    });
  }

  override start(): this {
    super.start();
    for (const [node] of this.store.nodes.all()) this.#plugIn(node);
    return this;
  }

  #plugIn(node: NodeId): void {
    this.machines.add(node, {zone: undefined, rack: undefined});
  }

  after(time: Time): this {
    this.simulation.run(this.simulation.now + time);
    return this;
  }

  /** As the control plane does it: the controllers are stopped for it. */
  rewind(name: string): this {
    this.manager.stop();
    this.snapshots.rewindTo(name);
    return this.after(seconds(16));
  }

  takeOver(): this {
    this.manager.start();
    return this.after(minutes(1));
  }

  /** Names, with node and owner. */
  said(): string[] {
    const {pods, nodes, workloads} = this.store;
    return this.pods()
      .map(pod => {
        const node = pods.node(pod);
        const owner = pods.owner(pod);
        const where = node === undefined ? '' : ` on ${nodes.nameOf(node)}`;
        const whose = owner === undefined ? '' : ` of ${workloads.nameOf(owner)}`;
        return `${pods.name(pod)}${where}${whose}`;
      })
      .sort();
  }

  serials(): number[] {
    return this.pods().map(pod => this.store.pods.serial(pod));
  }
}

function running(replicas = 4, seed = 1): SnapshotWorld {
  const world = new SnapshotWorld(seed).start();
  world.api.applyWorkload(deployment({replicas}));
  world.after(minutes(1)).snapshots.take('before');
  return world;
}

test('where nothing has changed, nothing is written', () => {
  const world = running();
  const {pods, nodes, workloads} = world.store;
  const ends = [pods.log.end, nodes.log.end, workloads.log.end];
  world.rewind('before');
  assert.equal([pods.log.end, nodes.log.end, workloads.log.end], ends);
});

test('pods that were deleted since come back on their nodes, under their names', () => {
  const world = running();
  const before = world.said();
  world.operator.deletePod(world.pods()[0]);
  world.operator.deletePod(world.pods()[1]);
  world.after(minutes(1));
  assert.not.equal(world.said(), before);
  world.rewind('before');
  assert.equal(world.said(), before);
  assert.ok(world.pods().every(pod => world.store.pods.ready(pod)));
  assert.equal(world.takeOver().said(), before);
});

test('pods that were created since vanish, and those that stayed are left alone', () => {
  const world = running();
  const [before, serials] = [world.said(), world.serials()];
  world.change('web', {replicas: 7});
  world.after(minutes(1)).rewind('before');
  assert.is(world.deployment().spec.replicas, 4);
  assert.equal(world.said(), before);
  assert.equal(world.serials(), serials);
  assert.equal(world.takeOver().said(), before);
});

test('a pod that was bound since is another, which is to be bound anew', () => {
  const world = new SnapshotWorld().start();
  world.api.applyWorkload(deployment({replicas: 1}));
  // It is created and seen by nobody yet.
  while (world.pods().length === 0) world.after(1);
  world.snapshots.take('unbound');
  const serials = world.serials();
  world.after(minutes(1)).manager.stop();
  world.snapshots.rewindTo('unbound');
  assert.is(world.store.pods.node(world.pods()[0]), undefined);
  world.after(minutes(1)).takeOver();
  assert.is(world.pods().length, 1);
  assert.not.equal(world.serials(), serials);
});

test('a deleted Deployment comes back with all that it owned, under numbers that fit', () => {
  const world = running();
  const before = world.said();
  const workload = world.id('Deployment', 'web');
  world.operator.writeWorkload({verb: 'delete', workload, propagation: 'background'});
  world.after(minutes(1));
  assert.is(world.pods().length, 0);
  world.rewind('before');
  assert.equal(world.said(), before);
  const again = world.id('Deployment', 'web');
  assert.not.equal(again, workload);
  assert.is(world.replicaSets()[0].owner?.id, again);
  assert.equal(world.takeOver().said(), before);
});

test('a rollout since is undone, and both sets are as they were', () => {
  const world = running();
  const before = world.said();
  world.setImage('web', 'registry.example/app:2');
  world.after(minutes(2)).rewind('before').takeOver();
  assert.equal(world.said(), before);
  assert.equal(world.sizes(), [4]);
});

test('labels of a node are as they were, and what its kubelet says stays', () => {
  const world = running();
  const node = 0 as NodeId;
  const labels = new Map([['new', 'yes']]);
  world.operator.writeNode({verb: 'update', node, unschedulable: true, labels});
  world.operator.writeNode({verb: 'update-status', node, conditions: {ready: 'False'}});
  world.after(seconds(1)).rewind('before');
  const object = world.store.nodes.get(node);
  assert.is(object?.unschedulable, false);
  assert.is(object?.labels.get('new'), undefined);
  assert.is(object?.conditions.ready, 'False');
});

test('a node that was removed since has an object again, but no power', () => {
  const world = running();
  world.operator.writeNode({verb: 'delete', node: 2 as NodeId});
  world.after(seconds(1)).rewind('before');
  const again = world.store.nodes.id('c');
  assert.is(again, 3);
  assert.not(world.machines.powered(again ?? (0 as NodeId)));
});

test('a node that was added since stays, as its kubelet would register it again', () => {
  const world = running();
  world.operator.writeNode({verb: 'create', node: nodeWith('late')});
  world.after(seconds(1)).rewind('before');
  assert.not.equal(world.store.nodes.id('late'), undefined);
});

function change(world: SnapshotWorld, dice: RandomStream): void {
  const pods = world.pods();
  const what = dice.uniform();
  if (what < 0.4 && pods.length > 0) {
    world.operator.deletePod(pods[Math.floor(dice.uniform(0, pods.length))] as PodId);
  } else if (what < 0.7) world.change('web', {replicas: Math.floor(dice.uniform(0, 9))});
  else world.setImage('web', `registry.example/app:${Math.floor(dice.uniform(2, 5))}`);
}

function play(world: SnapshotWorld, seed: number): void {
  const dice = new RandomStream(`${seed}`);
  for (let i = 0; i < 5; i++) {
    change(world, dice);
    world.after(seconds(dice.exponential(8)));
  }
}

test('whatever was done since, all is in the end as it was at the copy', () => {
  forEachSeed(60, seed => {
    const world = running(4, seed);
    play(world, seed);
    world.rewind('before').takeOver();
    world.settle();
    assert.is(world.simulation.eventsPending, 0);
    const {spec, status} = world.deployment();
    assert.is(spec.replicas, 4);
    assert.is(status.availableReplicas, 4);
    assert.equal(world.sizes(), [4]);
    for (const pod of world.pods()) {
      const owner = world.store.pods.owner(pod);
      assert.ok(owner !== undefined && world.store.workloads.get(owner) !== undefined);
    }
  });
});

test('a run saved between copy and return goes on identically', () => {
  forEachSeed(20, seed => {
    const whole = running(4, seed);
    play(whole, seed);
    const saved = structuredClone(whole.simulation.save());
    const restored = new SnapshotWorld(seed);
    restored.simulation.restore(saved);
    for (const world of [whole, restored]) world.rewind('before').takeOver();
    assert.is(restored.simulation.fingerprint, whole.simulation.fingerprint);
    assert.equal(restored.said(), whole.said());
  });
});

test.run();
