// Plugin arguments as a KubeSchedulerConfiguration writes them: a table of mistakes and what is
// said.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {defaultPlugins} from '../../../src/scheduler/plugins/index.ts';

const constraint = {maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule'};
const pack = (points: readonly [number, number][]) => ({
  scoringStrategy: {
    type: 'RequestedToCapacityRatio',
    requestedToCapacityRatio: {shape: points.map(([utilization, score]) => ({utilization, score}))},
  },
});

const mistakes: readonly [plugin: string, args: object, path: string, message: string][] = [
  [
    'InterPodAffinity',
    {hardPodAffinityWeight: 101},
    'hardPodAffinityWeight',
    'expected a whole number from 0 to 100, got 101',
  ],
  [
    'InterPodAffinity',
    {hardPodAffinityWeight: '1'},
    'hardPodAffinityWeight',
    'expected a whole number from 0 to 100, got "1"',
  ],
  [
    'DefaultPreemption',
    {minCandidateNodesPercentage: 2.5},
    'minCandidateNodesPercentage',
    'expected a whole number from 0 to 100, got 2.5',
  ],
  [
    'DefaultPreemption',
    {minCandidateNodesPercentage: 0, minCandidateNodesAbsolute: 0},
    'minCandidateNodesAbsolute',
    'expected a number above 0 here or in minCandidateNodesPercentage, got 0 in both',
  ],
  [
    'NodeResourcesFit',
    {ignoredResourceGroups: ['a/b']},
    'ignoredResourceGroups.0',
    'expected the part of a resource name before the slash, got "a/b"',
  ],
  [
    'NodeResourcesFit',
    {scoringStrategy: {type: 'RequestedToCapacityRatio'}},
    'scoringStrategy.requestedToCapacityRatio',
    'expected the shape that RequestedToCapacityRatio scores by',
  ],
  [
    'NodeResourcesFit',
    pack([]),
    'scoringStrategy.requestedToCapacityRatio.shape',
    'expected at least one point',
  ],
  [
    'NodeResourcesFit',
    pack([
      [50, 1],
      [50, 2],
    ]),
    'scoringStrategy.requestedToCapacityRatio.shape.1.utilization',
    'expected a utilization above the point before (50), got 50',
  ],
  [
    'NodeResourcesFit',
    {scoringStrategy: {resources: [{name: 'cpu'}, {name: 'cpu'}]}},
    'scoringStrategy.resources.1.name',
    'cpu is listed twice',
  ],
  [
    'NodeResourcesBalancedAllocation',
    {resources: [{name: 'cpu', weight: 2}]},
    'resources.0.weight',
    'expected a whole number from 0 to 1, got 2',
  ],
  [
    'PodTopologySpread',
    {defaultConstraints: [constraint]},
    'defaultConstraints',
    'expected none with defaultingType System; set defaultingType: List to list your own',
  ],
  [
    'PodTopologySpread',
    {defaultingType: 'List', defaultConstraints: [constraint, constraint]},
    'defaultConstraints.1',
    'zone with DoNotSchedule is listed twice',
  ],
];

for (const [name, args, path, message] of mistakes) {
  test(`${name} says at ${path}: ${message}`, () => {
    const issues = optionsOf(name)?.safeParse(args).error?.issues ?? [];
    assert.equal(
      issues.map(issue => `${issue.path.join('.')}: ${issue.message}`),
      [`${path}: ${message}`],
    );
  });
}

test('an unknown argument is refused', () => {
  assert.is(optionsOf('InterPodAffinity')?.safeParse({hardPodAffinityWeigth: 1}).success, false);
});

test('every plugin with arguments takes none, and the apiVersion and kind of its document', () => {
  for (const {plugin} of defaultPlugins) {
    const document = {apiVersion: 'kubescheduler.config.k8s.io/v1', kind: `${plugin.name}Args`};
    assert.is(plugin.options?.safeParse({}).success ?? true, true, plugin.name);
    assert.is(plugin.options?.safeParse(document).success ?? true, true, plugin.name);
  }
});

test('the default profile scores with the weights of Kubernetes', () => {
  const weights = defaultPlugins.filter(({weight}) => weight > 1);
  assert.equal(
    weights.map(({plugin, weight}) => [plugin.name, weight]),
    [
      ['TaintToleration', 3],
      ['NodeAffinity', 2],
      ['PodTopologySpread', 2],
      ['InterPodAffinity', 2],
    ],
  );
});

function optionsOf(name: string) {
  return defaultPlugins.find(({plugin}) => plugin.name === name)?.plugin.options;
}

test.run();
