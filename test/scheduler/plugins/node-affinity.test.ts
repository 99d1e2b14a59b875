// NodeAffinity beyond the shared decision cases: pinned nodes, terms that do not parse, hints.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {cluster, hint, scores, verdicts} from './small-cluster.ts';

const nodes = [
  {name: 'a', labels: {zone: 'z1', cores: '8'}},
  {name: 'b', labels: {zone: 'z2', cores: 'many'}},
];
const field = (...values: string[]) => ({key: 'metadata.name', operator: 'In', values});
const required = (...terms: object[]) => ({affinity: {nodeAffinity: {required: {terms}}}});
const expression = (key: string, operator: string, ...values: string[]) => ({
  matchExpressions: [{key, operator, values}],
});

test('a pod that demands nothing skips the filter, one without preferences skips the score', () => {
  const world = cluster({nodes});
  const plugin = world.plugin('NodeAffinity');
  assert.is(plugin.preFilter?.(world.pod({})), 'skip');
  assert.is(plugin.preScore?.(world.pod(required(expression('zone', 'Exists'))), []), 'skip');
});

test('terms that all pin names restrict the search; one free term lifts it', () => {
  const world = cluster({nodes});
  const plugin = world.plugin('NodeAffinity');
  const pinned = {matchFields: [field('a')]};
  assert.equal(
    plugin.preFilter?.(world.pod(required(pinned, {matchFields: [field('b')]}))),
    new Set(['a', 'b']),
  );
  assert.is(
    plugin.preFilter?.(world.pod(required(pinned, expression('zone', 'Exists')))),
    undefined,
  );
});

test('a term whose fields contradict one another makes the pod unresolvable at once', () => {
  const world = cluster({nodes});
  const outcome = world
    .plugin('NodeAffinity')
    .preFilter?.(world.pod(required({matchFields: [field('a'), field('b')]})));
  assert.equal(outcome, {code: 'unresolvable', reasons: ['pod affinity terms conflict']});
});

test('a term that does not parse matches no node, the others still count', () => {
  const world = cluster({nodes});
  const broken = expression('zone', 'Gt', 'high');
  assert.equal(verdicts(world, 'NodeAffinity', required(broken)), ['unresolvable', 'unresolvable']);
  assert.equal(verdicts(world, 'NodeAffinity', required(broken, expression('zone', 'In', 'z2'))), [
    'unresolvable',
    'success',
  ]);
});

test('Gt compares whole numbers; a label that is none never matches', () => {
  const world = cluster({nodes});
  assert.equal(verdicts(world, 'NodeAffinity', required(expression('cores', 'Gt', '07'))), [
    'success',
    'unresolvable',
  ]);
});

test('preferences add up and the best node becomes 100', () => {
  const world = cluster({nodes});
  const preferred = [
    {weight: 30, term: expression('zone', 'In', 'z1')},
    {weight: 10, term: expression('zone', 'Exists')},
  ];
  assert.equal(scores(world, 'NodeAffinity', {affinity: {nodeAffinity: {preferred}}}), [100, 25]);
});

test('the affinity that the profile adds filters pods that demand nothing', () => {
  const world = cluster({nodes});
  const nodeSelectorTerms = [expression('zone', 'In', 'z1')];
  const addedAffinity = {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms}};
  assert.equal(verdicts(world, 'NodeAffinity', {}, {addedAffinity}), ['success', 'unresolvable']);
});

test('a relabelled node helps only when it matches now and did not before', () => {
  const world = cluster({nodes});
  const pod = world.pod({nodeSelector: {zone: 'z1'}});
  const event = (zone: string) => {
    const before = {...world.nodes[0].object, labels: new Map([['zone', zone]])};
    return {kind: 'node-labels-changed', node: world.nodes[0], before} as const;
  };
  assert.is(hint(world, 'NodeAffinity', {pod, event: event('z9')}), true);
  assert.is(hint(world, 'NodeAffinity', {pod, event: event('z1')}), false);
});

test.run();
