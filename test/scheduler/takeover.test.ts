// What becomes of a scheduler's work when its process ends and another takes over.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, seconds} from '../../src/engine/time.ts';
import {definePlugin} from '../../src/scheduler/framework.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {nodeWith} from '../support/pods-and-nodes.ts';
import {type PodWishesHere, SchedulerWorld} from '../support/scheduler-world.ts';

const whole: PodWishesHere = {cpuMillicores: 4000};
const small: PodWishesHere = {cpuMillicores: 500};

test('a pod that was created while nobody led is bound by the next leader', () => {
  const world = new SchedulerWorld().at(seconds(1));
  world.scheduler.stop();
  const pod = world.pod('web', small);
  assert.is(world.after(seconds(20)).nodeOf(pod), undefined);
  world.scheduler.takeOver();
  assert.is(world.settle().nodeOf(pod), 'node-0');
});

test('a cycle under way is lost with the process', () => {
  const world = new SchedulerWorld().at(seconds(1));
  const pod = world.pod('web', small);
  world.after(milliseconds(3.5));
  world.scheduler.stop();
  assert.is(world.after(seconds(20)).nodeOf(pod), undefined);
  assert.equal([...world.scheduler.cache.nodeNamed('node-0').pods], []);
});

test('a binding that was not stored yet is lost, and its room is free again', () => {
  const world = new SchedulerWorld();
  const pod = world.at(seconds(1)).pod('web', whole);
  // 3 ms until it is seen, 1 ms of cycle, 5 ms until it is stored.
  world.after(milliseconds(8));
  world.scheduler.stop();
  assert.is(world.after(seconds(20)).nodeOf(pod), undefined);
  world.scheduler.takeOver();
  assert.is(world.settle().nodeOf(pod), 'node-0');
});

test('a binding that was stored stands, though its scheduler never heard', () => {
  const world = new SchedulerWorld().at(seconds(1));
  const pod = world.pod('web', small);
  world.after(milliseconds(9));
  world.scheduler.stop();
  assert.is(world.after(seconds(20)).nodeOf(pod), 'node-0');
  world.scheduler.takeOver();
  assert.is(world.settle().waits.size, 1);
});

test('a nomination that the API holds outlives the scheduler that made it', () => {
  const world = new SchedulerWorld({kubelet: true});
  world.pod('low', {...whole, priority: 1});
  world.at(seconds(3));
  const high = world.pod('high', {...whole, priority: 10});
  world.after(milliseconds(50));
  world.scheduler.stop();
  world.after(seconds(5));
  world.scheduler.takeOver();
  assert.is(world.scheduler.informer.pod(high)?.nominatedNode, 'node-0');
  assert.is(world.after(seconds(60)).nodeOf(high), 'node-0');
});

test('the waits of a pod in the pool begin anew', () => {
  const world = new SchedulerWorld({nodes: []});
  const pod = world.pod('web', small);
  world.at(seconds(100));
  world.scheduler.stop();
  world.addNode(nodeWith('late'));
  world.after(seconds(20));
  world.scheduler.takeOver();
  world.settle();
  assert.is(world.nodeOf(pod), 'late');
  assert.is(world.waits.get('web')?.attempts, 1);
});

test('plugins begin as they do in a new process', () => {
  let counted = 0;
  const counting = definePlugin({
    name: 'Counting',
    create: () => ({
      reserve: () => {
        counted++;
        return undefined;
      },
      save: () => counted,
      restore: saved => {
        counted = saved as number;
      },
    }),
  });
  const world = new SchedulerWorld({plugins: [counting]});
  world.pod('web', small);
  world.at(seconds(1));
  assert.is(counted, 1);
  world.scheduler.stop();
  world.scheduler.takeOver();
  assert.is(counted, 0);
});

test('whenever its scheduler dies, every pod is bound once and no node has too many', () => {
  forEachSeed(60, seed => {
    const nodes = ['a', 'b', 'c'].map(name => nodeWith(name));
    const world = new SchedulerWorld({seed, nodes});
    const bound = new Map<string, number>();
    world.store.signals.scheduled.watch(pod => {
      const name = world.store.pods.name(pod);
      bound.set(name, (bound.get(name) ?? 0) + 1);
    });
    for (let i = 0; i < 20; i++) world.pod(`pod-${i}`, small);
    world.at(milliseconds(seed / 2));
    world.scheduler.stop();
    world.after(seconds(15));
    world.scheduler.takeOver();
    world.after(seconds(60));
    assert.ok([...bound.values()].every(count => count === 1));
    const {pods} = world.store;
    const perNode = new Map<string | undefined, number>();
    for (const pod of pods.all()) {
      const node = world.nodeOf(pod);
      perNode.set(node, (perNode.get(node) ?? 0) + 1);
    }
    assert.is(perNode.get(undefined), undefined);
    assert.ok([...perNode.values()].every(count => count <= 8));
  });
});

test('a run saved while nobody leads goes on identically', () => {
  forEachSeed(30, seed => {
    const make = () => new SchedulerWorld({seed, kubelet: true});
    const whole = make();
    for (let i = 0; i < 10; i++) whole.pod(`pod-${i}`, {...small, priority: i});
    whole.at(milliseconds(seed));
    whole.scheduler.stop();
    whole.at(seconds(5));
    const saved = structuredClone(whole.simulation.save());
    const restored = make();
    restored.simulation.restore(saved);
    for (const world of [whole, restored]) {
      world.scheduler.takeOver();
      world.at(seconds(60));
    }
    assert.is(restored.simulation.fingerprint, whole.simulation.fingerprint);
  });
});

test.run();
