// From the chosen node to the bound pod: reserve, permit, wait, pre-bind, bind, post-bind, and what can go
// wrong on the way.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, minutes, seconds, type Time} from '../../../src/engine/time.ts';
import type {NodeId} from '../../../src/objects/ids.ts';
import type {KubernetesMinor} from '../../../src/objects/version.ts';
import {
  definePlugin,
  type Plugin,
  type PluginDefinition,
  type PluginHandle,
} from '../../../src/scheduler/framework.ts';
import {nodeWith} from '../../support/pods-and-nodes.ts';
import {cycle, SchedulerWorld, watch, write} from '../../support/scheduler-world.ts';

const bound = watch + cycle + write;
const no = {code: 'unschedulable', reasons: ['no']} as const;

/** A plugin of these methods, and the handle it was given. */
function pluginOf(name: string, methods: (handle: PluginHandle) => Plugin) {
  let given: PluginHandle | undefined;
  const definition: PluginDefinition = definePlugin({
    name,
    create(handle) {
      given = handle;
      return methods(handle);
    },
  });
  const handle = (): PluginHandle => {
    if (given === undefined) throw new Error('no plugin was made');
    return given;
  };
  return {definition, handle};
}

function worldWith(...methods: Plugin[]): SchedulerWorld {
  const plugins = methods.map((plugin, i) => pluginOf(`P${i}`, () => plugin).definition);
  return new SchedulerWorld({plugins});
}

/** Before 1.35, or losing its nomination would wake a pod that was turned away. */
function waiting(times: readonly Time[], kubernetes: KubernetesMinor = 34) {
  const made = times.map((wait, i) =>
    pluginOf(`Wait${i}`, () => ({permit: () => ({wait}), requeueOn: [{on: 'pod-deleted'}]})),
  );
  const world = new SchedulerWorld({kubernetes, plugins: made.map(({definition}) => definition)});
  const id = world.pod('a', {cpuMillicores: 4000});
  world.settle();
  const pod = world.scheduler.informer.pod(id);
  if (pod === undefined) throw new Error('the scheduler does not know the pod');
  return {world, id, pod, handles: made.map(({handle}) => handle())};
}

test('the points of a binding come in order', () => {
  const calls: string[] = [];
  const noted = (point: string) => () => void calls.push(point);
  const world = worldWith({
    postBind: noted('postBind'),
    preBind: noted('preBind'),
    permit: noted('permit'),
    reserve: noted('reserve'),
  });
  world.pod('a');
  world.settle();
  assert.equal(calls, ['reserve', 'permit', 'preBind', 'postBind']);
});

test('a bind plugin that skips leaves the pod to the next, and when all skip the attempt went wrong', () => {
  const {definition} = pluginOf('Skips', () => ({bind: () => 'skip'}));
  const names = (enabled: string[]) => enabled.map(name => ({name}));
  const worlds = [['Skips', 'DefaultBinder'], ['Skips']].map(enabled => {
    const bind = {disabled: names(['*']), enabled: names(enabled)};
    const profiles = [{schedulerName: 'default-scheduler', plugins: {bind}}];
    return new SchedulerWorld({plugins: [definition], configuration: {profiles}});
  });
  for (const world of worlds) world.pod('a');
  const said = worlds.map(world => world.settle().said[0]);
  assert.match(said[0], 'scheduled a');
  assert.match(said[1], 'refused a: binding rejected');
});

test('what a failed reservation took is given back, last first', () => {
  const calls: string[] = [];
  const world = worldWith(
    {reserve: () => undefined, unreserve: () => void calls.push('first')},
    {reserve: () => no, unreserve: () => void calls.push('second'), requeueOn: []},
  );
  world.pod('a');
  world.settle();
  assert.equal(calls, ['second', 'first']);
  assert.equal(world.said, ['4.000 refused a: 0/1 nodes are available: 1 no.']);
});

test('a pod that is turned away leaves its room to the next', () => {
  let turns = 0;
  const world = worldWith({permit: () => (turns++ === 0 ? no : undefined), requeueOn: []});
  world.pod('a', {cpuMillicores: 4000});
  const next = world.pod('b', {cpuMillicores: 4000});
  world.settle();
  assert.is(world.nodeOf(next), 'node-0');
});

test('an error on the way brings the pod back by itself', () => {
  let turns = 0;
  const broken = {code: 'error', reasons: ['broken']} as const;
  const world = worldWith({permit: () => (turns++ === 0 ? broken : undefined)});
  const pod = world.pod('a');
  world.at(seconds(5));
  assert.is(world.nodeOf(pod), 'node-0');
});

test('a pod waits in Permit until every plugin allows it, and holds its room', () => {
  const {world, id, pod, handles} = waiting([minutes(1), minutes(2)]);
  const other = world.pod('other', {cpuMillicores: 1000});
  handles[0].allow(pod);
  world.settle();
  assert.is(world.nodeOf(id), undefined);
  assert.is(world.nodeOf(other), undefined);
  handles[1].allow(pod);
  world.settle();
  assert.is(world.nodeOf(id), 'node-0');
});

test('a plugin that rejects a waiting pod sends it back', () => {
  const {world, id, pod, handles} = waiting([minutes(1)]);
  handles[0].reject(pod, 'the gang is incomplete');
  world.settle();
  assert.is(world.nodeOf(id), undefined);
  assert.match(world.said[0], 'the gang is incomplete');
  assert.is(world.scheduler.queue.counts().unschedulable, 1);
});

test('a pod that is turned away does not wake itself, but wakes others that wait for its room', () => {
  const {world, pod, handles} = waiting([minutes(1)]);
  world.pod('other', {cpuMillicores: 4000});
  world.at(seconds(30));
  handles[0].reject(pod, 'no');
  const {backoff, active, unschedulable} = world.scheduler.queue.counts();
  assert.equal({backoff, active, unschedulable}, {backoff: 0, active: 1, unschedulable: 1});
});

test('the first plugin whose time is over turns the pod away', () => {
  const {world} = waiting([minutes(2), minutes(1)]);
  world.at(bound - write + minutes(1) - 1);
  assert.equal(world.said, []);
  world.at(bound - write + minutes(1));
  assert.match(world.said[0], /^60004.000 refused a: .*timeout/);
});

test('the time of a plugin that has allowed the pod no longer runs', () => {
  const {world, pod, handles} = waiting([minutes(1), minutes(2)]);
  handles[0].allow(pod);
  world.at(minutes(1.5));
  assert.equal(world.said, []);
  world.at(minutes(2.1));
  assert.is(world.said.length, 1);
});

test('no plugin makes a pod wait longer than a quarter of an hour', () => {
  const {world} = waiting([minutes(60)]);
  world.at(minutes(16));
  assert.match(world.said[0], /^900004/);
});

test('a pod that waits in Permit and is deleted is gone, and its room is free', () => {
  const {world, id} = waiting([minutes(5)]);
  world.client.deletePod(id);
  world.settle();
  assert.is(world.scheduler.bindings.count, 0);
  assert.is(world.scheduler.cache.nodes[0].pods.length, 0);
});

test('a pod that waits in Permit and is bound by another stays there', () => {
  const {world, id, pod, handles} = waiting([minutes(5)]);
  const elsewhere = world.addNode(nodeWith('node-1'));
  world.client.bindPod(id, elsewhere);
  world.settle();
  handles[0].allow(pod);
  world.settle();
  assert.is(world.scheduler.bindings.count, 0);
  assert.is(pod.node?.name, 'node-1');
});

test('from 1.35 on a pod that waits is nominated to its node, until it is turned away', () => {
  const nominations = ([34, 36] as const).map(kubernetes => {
    const {world, id} = waiting([minutes(5)], kubernetes);
    const before = world.store.pods.nominatedNode(id);
    world.at(minutes(5) + milliseconds(10));
    return [before, world.store.pods.nominatedNode(id)];
  });
  assert.equal(nominations, [
    [undefined, undefined],
    [0, undefined],
  ]);
});

test('what a pre-bind plugin has to do takes its time', () => {
  const world = worldWith({preBind: () => milliseconds(50)}, {preBind: () => milliseconds(7)});
  world.pod('a');
  world.settle();
  assert.match(world.said[0], new RegExp(`^${(bound + milliseconds(57)) / 1000}.000 scheduled`));
});

test('a pod bound by another while its own binding is under way keeps that node in view', () => {
  const world = new SchedulerWorld({nodes: [nodeWith('node-0')]});
  const elsewhere = world.addNode(nodeWith('node-1', {unschedulable: true}));
  const id = world.pod('a');
  // Stored before ours, and known before ours is answered.
  world.at(1).client.bindPod(id, elsewhere);
  world.settle();
  assert.is(world.scheduler.informer.pod(id)?.node?.name, 'node-1');
  assert.equal(world.scheduler.queue.counts(), {active: 0, backoff: 0, unschedulable: 0, gated: 0});
  assert.is(world.scheduler.bindings.count, 0);
});

test('a pod bound by another to the very node that was chosen is where it was to go', () => {
  const world = new SchedulerWorld();
  const id = world.pod('a');
  world.at(1).client.bindPod(id, 0 as NodeId);
  world.settle();
  const [node] = world.scheduler.cache.nodes;
  assert.is(node.pods.length, 1);
  assert.equal(world.scheduler.queue.counts(), {active: 0, backoff: 0, unschedulable: 0, gated: 0});
});

test('the late answer about a deleted pod does not hit the next one of its number', () => {
  const world = new SchedulerWorld({
    configuration: {clientConnection: {qps: 1, burst: 1}},
  });
  world.pod('first');
  const gone = world.pod('gone');
  world.at(milliseconds(100)).client.deletePod(gone);
  const next = world.at(milliseconds(200)).pod('next');
  assert.is(next, gone);
  world.at(seconds(5));
  assert.equal(
    world.said.filter(line => line.includes('refused')),
    [],
  );
  assert.is(world.nodeOf(next), 'node-0');
});

test('a victim that only waits in Permit is turned away, not deleted', () => {
  const {world, id} = waiting([minutes(5)]);
  world.pod('high', {cpuMillicores: 4000, priority: 9});
  world.settle();
  assert.is(world.store.pods.exists(id), true);
  assert.match(world.said.join('\n'), /refused a: .*preempted/);
});

test('a plugin that throws stops the run, and the message says where', () => {
  const world = worldWith({
    filter() {
      throw new Error('not today');
    },
  });
  world.pod('a');
  assert.throws(
    () => world.settle(),
    (error: Error) => /not today/.test(error.message) && /scheduler\.woken/.test(error.message),
  );
});

test.run();
