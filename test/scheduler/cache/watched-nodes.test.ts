// Nodes that come, change and go while the scheduler works, and pods that are known without their node.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../../src/engine/time.ts';
import {equalitySelector} from '../../../src/objects/labels.ts';
import {labelsOf, nodeWith, templateWith} from '../../support/pods-and-nodes.ts';
import {SchedulerWorld} from '../../support/scheduler-world.ts';

const whole = {cpuMillicores: 4000};
const zone = 'topology.kubernetes.io/zone';

test('a node that comes takes the pod that waited for room', () => {
  const world = new SchedulerWorld({nodes: []});
  world.addNode(nodeWith('small', {cpuMillicores: 1000}));
  const pod = world.pod('a', whole);
  world.at(seconds(20)).addNode(nodeWith('large'));
  world.settle();
  assert.is(world.nodeOf(pod), 'large');
});

test('a pod is tried again in backoff steps while there is no node at all', () => {
  const world = new SchedulerWorld({nodes: []});
  world.pod('a');
  world.at(seconds(12));
  const times = world.said.map(line => Math.round(Number.parseFloat(line) / 1000));
  assert.equal(times, [0, 2, 5, 10]);
});

test('a node that grows, loses its taint or gets the label takes the pod', () => {
  const tainted = [{key: 'gpu', value: '', effect: 'NoSchedule'}];
  const cases = [
    {before: {cpuMillicores: 1000}, after: {}, wishes: whole},
    {before: {taints: tainted}, after: {}, wishes: {}},
    {before: {unschedulable: true}, after: {}, wishes: {}},
    {
      before: {},
      after: {labels: {disk: 'ssd'}},
      wishes: {spec: {nodeSelector: labelsOf({disk: 'ssd'})}},
    },
  ];
  for (const {before, after, wishes} of cases) {
    const world = new SchedulerWorld({nodes: [nodeWith('node-0', before)]});
    const pod = world.pod('a', wishes);
    world.at(seconds(20)).updateNode(nodeWith('node-0', after));
    world.settle();
    assert.is(world.nodeOf(pod), 'node-0');
  }
});

test('a pod that left makes room for one that waits', () => {
  const world = new SchedulerWorld({kubelet: true});
  const first = world.pod('first', {...whole, spec: {terminationGracePeriod: 0}});
  world.settle();
  const second = world.pod('second', whole);
  world.at(seconds(20)).client.deletePod(first);
  world.settle();
  assert.is(world.nodeOf(second), 'node-0');
});

test('a running pod that shrinks makes room for one that waits', () => {
  const world = new SchedulerWorld();
  const large = world.pod('large', whole);
  world.settle();
  const second = world.pod('second', {cpuMillicores: 2000});
  world.at(seconds(20));
  const template = world.store.pods.template(large);
  const small = templateWith({cpuMillicores: 1000});
  world.store.pods.replaceTemplate(large, {...template, spec: small.spec}, world.simulation.now);
  world.settle();
  assert.is(world.nodeOf(second), 'node-0');
});

test('a node that is gone takes no more pods', () => {
  const world = new SchedulerWorld({nodes: [nodeWith('node-0'), nodeWith('node-1')]});
  world.removeNode('node-0');
  const pod = world.at(seconds(1)).pod('a');
  world.settle();
  assert.is(world.nodeOf(pod), 'node-1');
});

test('pods are still on a node that was deleted and has come back under its name', () => {
  const world = new SchedulerWorld();
  const first = world.pod('first', whole);
  world.at(seconds(1)).removeNode('node-0');
  world.at(seconds(2)).addNode(nodeWith('node-0'));
  const second = world.at(seconds(3)).pod('second', whole);
  world.settle();
  assert.is(world.nodeOf(second), undefined);
  world.store.pods.delete(first, world.simulation.now);
  world.at(seconds(60));
  assert.is(world.nodeOf(second), 'node-0');
});

test('pods of a deleted node count for no spread and no affinity, and again once it is back', () => {
  const world = new SchedulerWorld({nodes: [nodeWith('node-0'), nodeWith('node-1')]});
  const apart = {
    labels: {app: 'web'},
    spec: {
      podAntiAffinity: {
        preferred: [],
        required: [
          {
            topologyKey: 'kubernetes.io/hostname',
            labelSelector: equalitySelector(labelsOf({app: 'web'})),
            namespaces: [],
            namespaceSelector: undefined,
          },
        ],
      },
    },
  };
  world.pod('one', apart);
  world.pod('two', apart);
  world.at(seconds(1)).removeNode('node-0');
  world.at(seconds(2)).addNode(nodeWith('node-0'));
  const third = world.at(seconds(3)).pod('third', apart);
  world.settle();
  assert.is(world.nodeOf(third), undefined);
  assert.match(world.said.at(-1) ?? '', /2 node\(s\) didn't match pod anti-affinity rules/);
});

test('pods of a deleted node are counted nowhere', () => {
  const world = new SchedulerWorld();
  world.pod('a');
  world.settle();
  const count = () => world.scheduler.cache.matchingPods('default', []).size;
  assert.is(count(), 1);
  world.removeNode('node-0');
  world.settle();
  assert.is(count(), 0);
});

test('a pod that names its node is bound there without a scheduler, and takes its room', () => {
  const world = new SchedulerWorld();
  world.pod('fixed', {...whole, spec: {nodeName: 'node-0'}});
  const pod = world.pod('a', whole);
  world.settle();
  assert.is(world.nodeOf(pod), undefined);
});

test('a pod for a node that does not exist waits in the pool until that node comes', () => {
  const world = new SchedulerWorld();
  const term = {
    expressions: [],
    fields: [{key: 'metadata.name', operator: 'In' as const, values: ['node-9']}],
  };
  const pod = world.pod('daemon', {spec: {nodeAffinity: {required: [term], preferred: []}}});
  world.at(seconds(100));
  assert.is(world.said.length, 1);
  assert.match(world.said[0], "1 node(s) didn't satisfy plugin(s) [NodeAffinity]");
  world.addNode(nodeWith('node-9'));
  world.settle();
  assert.is(world.nodeOf(pod), 'node-9');
});

test('zones take turns, in the order in which they appeared', () => {
  const nodes = ['a1', 'a2', 'b1', 'b2'].map(name => nodeWith(name, {labels: {[zone]: name[0]}}));
  const world = new SchedulerWorld({nodes});
  world.settle();
  const order = () => world.scheduler.cache.nodes.map(({name}) => name);
  assert.equal(order(), ['a1', 'b1', 'a2', 'b2']);
});

test('a node that changes its zone keeps its place until a node comes or goes', () => {
  const nodes = ['a1', 'a2', 'b1'].map(name => nodeWith(name, {labels: {[zone]: name[0]}}));
  const world = new SchedulerWorld({nodes});
  world.settle();
  const order = () => world.scheduler.cache.nodes.map(({name}) => name);
  assert.equal(order(), ['a1', 'b1', 'a2']);
  world.updateNode(nodeWith('a1', {labels: {[zone]: 'b'}}));
  world.settle();
  assert.equal(order(), ['a1', 'b1', 'a2']);
  world.addNode(nodeWith('c1', {labels: {[zone]: 'c'}}));
  world.settle();
  assert.equal(order(), ['a2', 'b1', 'c1', 'a1']);
});

test.run();
