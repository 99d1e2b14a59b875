// DefaultPreemption: when it tries, whom it evicts and which node it takes. From kube-scheduler's
// defaultpreemption and framework/preemption; the shared decision cases hold the rest.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {NodeInfo} from '../../../src/scheduler/cache/node-info.ts';
import type {Rejection} from '../../../src/scheduler/framework.ts';
import {candidatesWanted} from '../../../src/scheduler/preemption/dry-run.ts';
import type {CaseWorld} from '../../conformance/case-world.ts';
import {forEachSeed} from '../../support/for-each-seed.ts';
import {RandomAffinityCluster} from './random-affinity-cluster.ts';
import {cluster, container, room} from './small-cluster.ts';

const full = container({cpu: 4000});
const node = (name: string) => ({name, allocatable: room});

test('it evicts no more than it must, and the less important', () => {
  const pod = (name: string, priority: number, more: object = {}) => ({
    name,
    nodeName: 'a',
    priority,
    ...container({cpu: 2000}),
    ...more,
  });
  const world = cluster({
    nodes: [node('a')],
    existingPods: [pod('low', 1), pod('high', 2)],
  });
  const result = preempt(world, {priority: 9, ...container({cpu: 2000})});
  assert.equal(result, {node: 'a', victims: ['low']});
});

test('it takes the node whose victims a disruption budget does not protect, wherever it is', () => {
  for (const [web, db] of ['ab', 'ba']) {
    const world = protectedWeb(web, db, []);
    assert.equal(preempt(world, {priority: 9, ...full}), {node: db, victims: ['db']});
  }
});

test('a victim whose eviction the budget has counted already is not protected', () => {
  const pod = {priority: 9, ...full};
  const taken = ['ab', 'ba'].map(([web, db]) => preempt(protectedWeb(web, db, ['web']), pod)?.node);
  assert.is(taken[0], taken[1]);
});

test('a pod that must not preempt leaves an earlier nomination as it is', () => {
  const world = cluster({nodes: [node('a')], existingPods: [{nodeName: 'a', ...full}]});
  const result = postFilter(world, {priority: 9, preemptionPolicy: 'Never', ...full});
  assert.equal(result, {
    nominate: undefined,
    clearNomination: false,
    reasons: ['preemption: not eligible due to preemptionPolicy=Never.'],
  });
});

test('where nobody of lower priority is, the nomination is cleared', () => {
  const world = cluster({
    nodes: [node('a')],
    existingPods: [{nodeName: 'a', priority: 9, ...full}],
  });
  const result = postFilter(world, {priority: 9, ...full});
  assert.is(result?.nominate, undefined);
  assert.is(result !== undefined && 'clearNomination' in result && result.clearNomination, true);
});

test('it says of each node why evicting there is of no use', () => {
  const world = cluster({
    nodes: [node('a'), node('b'), {...node('c'), unschedulable: true}],
    existingPods: [
      {nodeName: 'a', priority: 9, ...full},
      {nodeName: 'b', priority: 1, ...container({cpu: 100})},
      {nodeName: 'b', priority: 9, ...container({cpu: 1000})},
    ],
  });
  const plugins = ['NodeUnschedulable', 'NodeResourcesFit'];
  const result = postFilter(world, {priority: 9, ...full}, plugins);
  assert.equal(result !== undefined && 'reasons' in result && result.reasons, [
    'preemption: 0/3 nodes are available: 1 Insufficient cpu, 1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling.',
  ]);
});

test('it waits while its victims on the nominated node are still ending', () => {
  const conditions = [{type: 'DisruptionTarget', status: 'True', reason: 'PreemptionByScheduler'}];
  const world = cluster({
    nodes: [node('a'), node('b')],
    existingPods: [
      {nodeName: 'a', terminating: true, conditions, ...full},
      {nodeName: 'b', ...full},
    ],
  });
  const result = postFilter(world, {priority: 9, nominatedNodeName: 'a', ...full});
  assert.is(result?.nominate, undefined);
});

test('enough candidates are a tenth of the nodes, at least a hundred, at most all', () => {
  const limits = {minCandidateNodesPercentage: 10, minCandidateNodesAbsolute: 100};
  const wanted = [30, 500, 5000].map(nodes => candidatesWanted(nodes, limits));
  assert.equal(wanted, [30, 100, 500]);
});

test('looking for victims leaves the nodes and the filters as they were', () => {
  forEachSeed(100, seed => {
    const random = new RandomAffinityCluster(seed);
    const {world} = random;
    const plugins = ['PodTopologySpread', 'InterPodAffinity'];
    const before = stateOf(world);
    const pod = {...random.pod(), priority: 5};
    const first = postFilter(world, pod, plugins);
    assert.equal(stateOf(world), before);
    assert.equal(postFilter(world, pod, plugins), first);
  });
});

function protectedWeb(web: string, db: string, disruptedPods: string[]): CaseWorld {
  const victim = (nodeName: string, app: string) => ({nodeName, name: app, labels: {app}, ...full});
  return cluster({
    nodes: [node('a'), node('b')],
    existingPods: [victim(web, 'web'), victim(db, 'db')],
    pdbs: [{selector: {matchLabels: {app: 'web'}}, disruptionsAllowed: 0, disruptedPods}],
  });
}

function preempt(world: CaseWorld, pod: object) {
  const result = postFilter(world, pod);
  if (result?.nominate === undefined) return undefined;
  return {node: result.nominate.name, victims: result.victims.map(({name}) => name)};
}

function postFilter(world: CaseWorld, written: object, plugins = ['NodeResourcesFit']) {
  const pod = world.pod(written);
  world.filtering = plugins
    .map(name => world.plugin(name))
    .filter(plugin => plugin.preFilter?.(pod) !== 'skip');
  const failures = new Map<NodeInfo, Rejection>();
  for (const place of world.cache.nodes) {
    const rejection = world.handle.runFilters(pod, place);
    if (rejection !== undefined) failures.set(place, rejection);
  }
  return world.plugin('DefaultPreemption').postFilter?.(pod, failures);
}

function stateOf({cache}: CaseWorld) {
  return cache.nodes.map(place => ({
    cpu: place.requestedCpuMillicores,
    pods: new Set(place.pods),
    withAffinity: new Set(place.podsWithAffinity),
    withAntiAffinity: new Set(place.podsWithRequiredAntiAffinity),
  }));
}

test.run();
