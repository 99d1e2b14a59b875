// NodeResourcesFit, NodeResourcesBalancedAllocation and ImageLocality where versions differ, where
// numbers are large, and when they are asked again. From the rules of kube-scheduler's plugins of
// these names.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {cluster, codeOf, container, hint, room, scores, verdicts} from './small-cluster.ts';

const nodes = [{name: 'a', allocatable: room}];

test('from 1.34 a request beyond the whole node is unresolvable, before it was not', () => {
  const verdict = (version: string, cpu: number) =>
    verdicts(cluster({version, nodes}), 'NodeResourcesFit', container({cpu}))[0];
  assert.is(verdict('1.33', 5000), 'unschedulable');
  assert.is(verdict('1.34', 5000), 'unresolvable');
  assert.is(verdict('1.34', 4000), 'success');
});

test('all that is lacking is told, and the same lack shares one rejection', () => {
  const world = cluster({
    nodes: [
      {name: 'a', allocatable: {...room, pods: 0}},
      {name: 'b', allocatable: {...room, pods: 0}},
    ],
  });
  const plugin = world.plugin('NodeResourcesFit');
  const pod = world.pod(container({cpu: 9000, memory: 9000, 'nvidia.com/gpu': 1}));
  const [first, second] = world.nodes.map(node => plugin.filter?.(pod, node));
  assert.equal(first?.reasons, [
    'Too many pods',
    'Insufficient cpu',
    'Insufficient memory',
    'Insufficient nvidia.com/gpu',
  ]);
  assert.is(first, second);
});

test('extended resources can be ignored by name or group, native ones cannot', () => {
  const world = cluster({nodes});
  const pod = container({'example.com/a': 1, 'other.com/b': 1});
  const args = {ignoredResources: ['example.com/a'], ignoredResourceGroups: ['other.com']};
  assert.equal(verdicts(world, 'NodeResourcesFit', pod, args), ['success']);
  const native = {ignoredResources: ['hugepages-2Mi']};
  assert.equal(verdicts(world, 'NodeResourcesFit', container({'hugepages-2Mi': 1}), native), [
    'unresolvable',
  ]);
});

test('a container without requests scores as if it asked for 100m and 200 MiB', () => {
  const allocatable = {cpu: 1000, memory: 400 * 2 ** 20, pods: 10};
  const world = cluster({nodes: [{name: 'a', allocatable}]});
  assert.equal(scores(world, 'NodeResourcesFit', {containers: [{}]}), [(90 + 50) / 2]);
});

test('memory beyond 85 TiB is still compared in whole numbers', () => {
  const memory = Number.MAX_SAFE_INTEGER;
  const world = cluster({nodes: [{name: 'a', allocatable: {cpu: 0, memory, pods: 10}}]});
  // 900719925474099 bytes stay free: just under a tenth, but a tenth once rounded to a double.
  const asked = memory - 900719925474099;
  assert.equal(scores(world, 'NodeResourcesFit', container({cpu: 0, memory: asked})), [9]);
});

test('the default strategy is LeastAllocated, also where it is spelled out with other weights alike', () => {
  const world = cluster({
    nodes: [
      {name: 'a', allocatable: room},
      {name: 'b', allocatable: {...room, cpu: 7000}},
    ],
    existingPods: [{nodeName: 'b', ...container({cpu: 1500, memory: 1100})}],
  });
  const resources = ['cpu', 'memory'].map(name => ({name, weight: 3}));
  const pod = container({cpu: 1000, memory: 300});
  const written = {scoringStrategy: {type: 'LeastAllocated', resources}};
  assert.equal(
    scores(world, 'NodeResourcesFit', pod),
    scores(world, 'NodeResourcesFit', pod, written),
  );
});

test('a deleted pod helps when it had a node; a grown node when the pod asks for what grew', () => {
  const world = cluster({nodes, existingPods: [{nodeName: 'a', ...container({cpu: 1})}]});
  const pod = world.pod(container({cpu: 100}));
  const [node] = world.nodes;
  const gone = {kind: 'pod-deleted', pod: node.pods[0]} as const;
  assert.is(hint(world, 'NodeResourcesFit', {pod, event: gone}), true);
  const unplaced = {kind: 'pod-deleted', pod: world.pod({})} as const;
  assert.is(hint(world, 'NodeResourcesFit', {pod, event: unplaced}), false);
  const grew = (name: string) => {
    const before = {...node.object, allocatable: new Map([...node.object.allocatable, [name, 1]])};
    return {kind: 'node-allocatable-changed', node, before} as const;
  };
  assert.is(hint(world, 'NodeResourcesFit', {pod, event: grew('cpu')}), true);
  assert.is(hint(world, 'NodeResourcesFit', {pod, event: grew('memory')}), false);
});

test('a new node that could never hold the pod is no reason to try again', () => {
  const world = cluster({nodes});
  const event = {kind: 'node-added', node: world.nodes[0]} as const;
  const ask = (cpu: number) => ({pod: world.pod(container({cpu})), event});
  assert.is(hint(world, 'NodeResourcesFit', ask(100)), true);
  assert.is(hint(world, 'NodeResourcesFit', ask(5000)), false);
});

test('up to 1.35 the balance with the pod counts, from 1.36 on the change that it makes', () => {
  const pod = container({cpu: 3000, memory: 2000});
  const balanced = (version: string) =>
    scores(cluster({version, nodes}), 'NodeResourcesBalancedAllocation', pod);
  assert.equal(balanced('1.35'), [87]);
  assert.equal(balanced('1.36'), [68]);
});

test('from 1.33 on a pod without requests skips the balance', () => {
  const skips = (version: string) => {
    const world = cluster({version, nodes});
    return world.plugin('NodeResourcesBalancedAllocation').preScore?.(world.pod({}), world.nodes);
  };
  assert.is(skips('1.32'), undefined);
  assert.is(skips('1.33'), 'skip');
});

test('with three resources the balance is the standard deviation', () => {
  const allocatable = {...room, 'nvidia.com/gpu': 4};
  const world = cluster({version: '1.35', nodes: [{name: 'a', allocatable}]});
  const resources = ['cpu', 'memory', 'nvidia.com/gpu'].map(name => ({name}));
  const pod = container({cpu: 4000, memory: 0, 'nvidia.com/gpu': 2});
  const plugin = 'NodeResourcesBalancedAllocation';
  assert.equal(scores(world, plugin, pod, {resources}), [59]);
});

test('image volumes count from 1.36 on', () => {
  const images = [{names: ['model:v1'], sizeBytes: 500 * 2 ** 20}];
  const pod = {containers: [{image: 'app'}], imageVolumes: ['model:v1']};
  const score = (version: string) =>
    scores(cluster({version, nodes: [{name: 'a', images}]}), 'ImageLocality', pod);
  assert.equal(score('1.35'), [0]);
  assert.equal(score('1.36'), [48]);
});

test('sidecars are turned away where their feature gate is off', () => {
  const world = cluster({nodes, features: {sidecarContainers: false}});
  const pod = world.pod({initContainers: [{restartPolicy: 'Always'}]});
  const outcome = world.plugin('NodeResourcesFit').filter?.(pod, world.nodes[0]);
  assert.is(codeOf(outcome), 'unresolvable');
});

test.run();
