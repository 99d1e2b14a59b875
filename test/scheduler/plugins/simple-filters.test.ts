// NodeName, NodeUnschedulable, NodePorts, TaintToleration, SchedulingGates, PrioritySort: what each
// turns away, when it is asked again. From kube-scheduler's plugins of the same names.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {cluster, hint, scores, verdicts} from './small-cluster.ts';

const port = (hostPort: number, more: object = {}) => ({
  containers: [{ports: [{hostPort, ...more}]}],
});
const taint = (key: string, effect: string) => ({key, value: 'v', effect});

test('a pod that names its node may only go there', () => {
  const world = cluster({nodes: [{name: 'a'}, {name: 'b'}]});
  assert.equal(verdicts(world, 'NodeName', {nodeName: 'b'}), ['unresolvable', 'success']);
});

test('a cordoned node takes only pods that tolerate it', () => {
  const world = cluster({nodes: [{name: 'a', unschedulable: true}]});
  const toleration = {key: 'node.kubernetes.io/unschedulable', operator: 'Exists'};
  assert.equal(verdicts(world, 'NodeUnschedulable', {}), ['unresolvable']);
  assert.equal(verdicts(world, 'NodeUnschedulable', {tolerations: [toleration]}), ['success']);
});

test('uncordoning a node is worth another attempt, another taint update of it is not', () => {
  const world = cluster({nodes: [{name: 'a'}]});
  const pod = world.pod({});
  const [node] = world.nodes;
  const event = (unschedulable: boolean) =>
    ({kind: 'node-taints-changed', node, before: {...node.object, unschedulable}}) as const;
  assert.is(hint(world, 'NodeUnschedulable', {pod, event: event(true)}), true);
  assert.is(hint(world, 'NodeUnschedulable', {pod, event: event(false)}), false);
});

test('a host port conflicts by port, protocol and overlapping address', () => {
  const holder = {nodeName: 'a', ...port(80, {hostIP: '10.0.0.1'})};
  const world = cluster({nodes: [{name: 'a'}], existingPods: [holder]});
  const verdict = (more: object) => verdicts(world, 'NodePorts', port(80, more))[0];
  assert.is(verdict({}), 'unschedulable');
  assert.is(verdict({hostIP: '10.0.0.2'}), 'success');
  assert.is(verdict({protocol: 'UDP'}), 'success');
});

test('only the deletion of a pod that held the port helps', () => {
  const world = cluster({
    nodes: [{name: 'a'}],
    existingPods: [
      {nodeName: 'a', ...port(80)},
      {nodeName: 'a', ...port(81)},
    ],
  });
  const [holder, other] = world.nodes[0].pods;
  const pod = world.pod(port(80));
  assert.is(hint(world, 'NodePorts', {pod, event: {kind: 'pod-deleted', pod: holder}}), true);
  assert.is(hint(world, 'NodePorts', {pod, event: {kind: 'pod-deleted', pod: other}}), false);
});

test('NoSchedule and NoExecute taints keep pods away, PreferNoSchedule lowers the score', () => {
  const nodes = ['NoSchedule', 'NoExecute', 'PreferNoSchedule'].map(effect => {
    return {name: effect, taints: [taint('k', effect)]};
  });
  const world = cluster({nodes: [...nodes, {name: 'plain'}]});
  assert.equal(verdicts(world, 'TaintToleration', {}), [
    'unresolvable',
    'unresolvable',
    'success',
    'success',
  ]);
  assert.equal(scores(world, 'TaintToleration', {}), [100, 100, 0, 100]);
});

test('without any untolerated soft taint every node gets 100', () => {
  const world = cluster({nodes: [{name: 'a'}, {name: 'b'}]});
  assert.equal(scores(world, 'TaintToleration', {}), [100, 100]);
});

test('a lifted taint is worth another attempt, a change of taints that never mattered is not', () => {
  const world = cluster({nodes: [{name: 'a'}]});
  const pod = world.pod({});
  const [node] = world.nodes;
  const event = (effect: string) => {
    const before = {...node.object, taints: [taint('k', effect)]};
    return {kind: 'node-taints-changed', node, before} as const;
  };
  assert.is(hint(world, 'TaintToleration', {pod, event: event('NoSchedule')}), true);
  assert.is(hint(world, 'TaintToleration', {pod, event: event('PreferNoSchedule')}), false);
});

test('nodes with the same taint share one rejection that names it', () => {
  const taints = [taint('gpu', 'NoSchedule')];
  const world = cluster({
    nodes: [
      {name: 'a', taints},
      {name: 'b', taints},
    ],
  });
  const plugin = world.plugin('TaintToleration');
  const pod = world.pod({});
  const rejections = world.nodes.map(node => plugin.filter?.(pod, node));
  assert.is(rejections[0], rejections[1]);
  assert.equal(rejections[0]?.reasons, ['node(s) had untolerated taint {gpu: v}']);
});

test('a pod is gated until its gates are gone', () => {
  const world = cluster();
  const plugin = world.plugin('SchedulingGates');
  assert.equal(plugin.preEnqueue?.(world.pod({schedulingGates: ['quota', 'hold']}))?.reasons, [
    'waiting for scheduling gates: [quota hold]',
  ]);
  const free = world.pod({});
  assert.is(plugin.preEnqueue?.(free), undefined);
  const event = {kind: 'pod-gates-eliminated', pod: free} as const;
  assert.is(hint(world, 'SchedulingGates', {pod: free, event}), true);
  assert.is(hint(world, 'SchedulingGates', {pod: world.pod({}), event}), false);
});

test('the queue is ordered by priority, then by time in the queue', () => {
  const {less} = cluster().plugin('PrioritySort');
  assert.is(less?.({priority: 2, queuedAt: 9}, {priority: 1, queuedAt: 1}), true);
  assert.is(less?.({priority: 1, queuedAt: 1}, {priority: 1, queuedAt: 2}), true);
  assert.is(less?.({priority: 1, queuedAt: 2}, {priority: 1, queuedAt: 2}), false);
});

test.run();
