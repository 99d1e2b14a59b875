// PodTopologySpread and InterPodAffinity: defaults, skipping, and the events after which they are
// asked again. The counting itself is in topology-laws.test.ts.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {cluster, hint, scores, verdicts} from './small-cluster.ts';

const hostname = 'kubernetes.io/hostname';
const zone = 'topology.kubernetes.io/zone';
const web = {matchLabels: {app: 'web'}};
const node = (name: string, in_: string) => ({name, labels: {[hostname]: name, [zone]: in_}});
const nodes = [node('a', 'z1'), node('b', 'z1'), node('c', 'z2')];
const hard = {maxSkew: 1, topologyKey: zone, labelSelector: web};
const sibling = (nodeName: string, more: object = {}) => ({
  labels: {app: 'web'},
  nodeName,
  ...more,
});
const spread = {labels: {app: 'web'}, topologySpreadConstraints: [hard]};
const apart = {required: [{topologyKey: hostname, labelSelector: web}]};

test('a pod of a Service is spread over hosts and zones by the system defaults', () => {
  const world = cluster({
    nodes,
    existingPods: [sibling('a'), sibling('a'), sibling('a'), sibling('a'), sibling('a')],
    objects: [{kind: 'Service', selector: {app: 'web'}}],
  });
  // hostname: 5·ln 5 + 2, zone: 5·ln 4 + 4 on a (21); b shares only the zone (13); c has neither
  // (6).
  assert.equal(scores(world, 'PodTopologySpread', {labels: {app: 'web'}}), [28, 66, 100]);
});

test('a bare pod has no default constraints, nor has any with an empty list of them', () => {
  const world = cluster({nodes, objects: [{kind: 'Service', selector: {app: 'web'}}]});
  const bare = world.pod({labels: {app: 'db'}});
  assert.is(world.plugin('PodTopologySpread').preScore?.(bare, world.nodes), 'skip');
  const served = world.pod({labels: {app: 'web'}});
  const listed = world.plugin('PodTopologySpread', {defaultingType: 'List'});
  assert.is(listed.preScore?.(served, world.nodes), 'skip');
});

test('under the system defaults a feasible node without the zone key counts as one more zone', () => {
  const world = cluster({
    nodes: [...nodes, {name: 'd', labels: {[hostname]: 'd'}}],
    existingPods: [sibling('a'), sibling('b'), sibling('b')],
    objects: [{kind: 'Service', selector: {app: 'web'}}],
  });
  // The zone weighs ln(3 + 2): 13, 14, 6 and, for d, 2. With two zones a would have 12.
  assert.equal(scores(world, 'PodTopologySpread', {labels: {app: 'web'}}), [21, 14, 71, 100]);
});

test('terminating pods no longer count for spread but still do for anti-affinity', () => {
  const world = cluster({nodes, existingPods: [sibling('a', {terminating: true})]});
  assert.equal(verdicts(world, 'PodTopologySpread', spread), ['success', 'success', 'success']);
  assert.equal(verdicts(world, 'InterPodAffinity', {affinity: {podAntiAffinity: apart}}), [
    'unschedulable',
    'success',
    'success',
  ]);
});

test('matchLabelKeys narrow the count to pods of the same revision', () => {
  const world = cluster({
    nodes,
    existingPods: [sibling('a', {labels: {app: 'web', revision: '1'}})],
  });
  const pod = (revision: string) => ({
    labels: {app: 'web', revision},
    topologySpreadConstraints: [{...hard, matchLabelKeys: ['revision']}],
  });
  assert.is(verdicts(world, 'PodTopologySpread', pod('1'))[0], 'unschedulable');
  assert.is(verdicts(world, 'PodTopologySpread', pod('2'))[0], 'success');
});

test('spread is tried again when a counted pod comes or goes, not for others', () => {
  const world = cluster({
    nodes,
    existingPods: [sibling('a'), {labels: {app: 'db'}, nodeName: 'b'}],
  });
  const pod = world.pod(spread);
  const [counted] = world.nodes[0].pods;
  const [other] = world.nodes[1].pods;
  for (const kind of ['pod-assigned', 'pod-deleted'] as const) {
    const ask = (about: typeof counted) => ({pod, event: {kind, pod: about} as const});
    assert.is(hint(world, 'PodTopologySpread', ask(counted)), true);
    assert.is(hint(world, 'PodTopologySpread', ask(other)), false);
  }
});

test('spread is tried again when a node moves to another domain, or one with all keys comes or goes', () => {
  const world = cluster({nodes: [...nodes, {name: 'bare'}]});
  const pod = world.pod(spread);
  const [a, , , bare] = world.nodes;
  const ask = (labels: readonly [string, string][]) => {
    const before = {...a.object, labels: new Map(labels)};
    return hint(world, 'PodTopologySpread', {
      pod,
      event: {kind: 'node-labels-changed', node: a, before},
    });
  };
  assert.is(ask([[zone, 'z9']]), true);
  assert.is(ask([]), true);
  assert.is(ask([[zone, 'z1']]), false);
  for (const kind of ['node-added', 'node-deleted'] as const) {
    assert.is(hint(world, 'PodTopologySpread', {pod, event: {kind, node: a}}), true);
    assert.is(hint(world, 'PodTopologySpread', {pod, event: {kind, node: bare}}), false);
  }
});

test('a pod without affinity in a cluster without any skips both phases', () => {
  const world = cluster({nodes, existingPods: [sibling('a')]});
  const plugin = world.plugin('InterPodAffinity');
  const pod = world.pod({labels: {app: 'web'}});
  assert.is(plugin.preFilter?.(pod), 'skip');
  assert.is(plugin.preScore?.(pod, world.nodes), 'skip');
});

test('the first pod of a group that wants company may go anywhere with the key', () => {
  const world = cluster({nodes: [...nodes, {name: 'bare'}]});
  const together = {podAffinity: {required: [{topologyKey: zone, labelSelector: web}]}};
  assert.equal(verdicts(world, 'InterPodAffinity', {labels: {app: 'web'}, affinity: together}), [
    'success',
    'success',
    'success',
    'unresolvable',
  ]);
  assert.is(verdicts(world, 'InterPodAffinity', {affinity: together})[0], 'unresolvable');
});

test('the wish of pods that are there counts for a pod that wishes nothing, unless ignored', () => {
  const term = {topologyKey: zone, labelSelector: web};
  const host = {nodeName: 'c', affinity: {podAffinity: {preferred: [{weight: 5, term}]}}};
  const world = cluster({nodes, existingPods: [host]});
  const pod = {labels: {app: 'web'}};
  assert.equal(scores(world, 'InterPodAffinity', pod), [0, 0, 100]);
  const args = {ignorePreferredTermsOfExistingPods: true};
  assert.equal(scores(world, 'InterPodAffinity', pod, args), [0, 0, 0]);
});

test('anti-affinity is tried again when the pod in the way goes, affinity when a friend comes', () => {
  const world = cluster({nodes, existingPods: [sibling('a'), {nodeName: 'b'}]});
  const [inTheWay] = world.nodes[0].pods;
  const [other] = world.nodes[1].pods;
  const loner = world.pod({affinity: {podAntiAffinity: apart}});
  const gone = (pod: typeof other) => ({pod: loner, event: {kind: 'pod-deleted', pod} as const});
  assert.is(hint(world, 'InterPodAffinity', gone(inTheWay)), true);
  assert.is(hint(world, 'InterPodAffinity', gone(other)), false);
  const friend = world.pod({affinity: {podAffinity: apart}});
  const came = (pod: typeof other) => ({pod: friend, event: {kind: 'pod-assigned', pod} as const});
  assert.is(hint(world, 'InterPodAffinity', came(inTheWay)), true);
  assert.is(hint(world, 'InterPodAffinity', came(other)), false);
});

test('a pod that others keep away is tried again when one of them goes', () => {
  const keeper = {nodeName: 'a', affinity: {podAntiAffinity: apart}};
  const world = cluster({nodes, existingPods: [keeper]});
  const event = {kind: 'pod-deleted', pod: world.nodes[0].pods[0]} as const;
  assert.is(hint(world, 'InterPodAffinity', {pod: world.pod(sibling('a')), event}), true);
  assert.is(hint(world, 'InterPodAffinity', {pod: world.pod({}), event}), false);
});

test.run();
