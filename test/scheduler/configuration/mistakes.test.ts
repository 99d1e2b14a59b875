// Among others the cases of pkg/scheduler/apis/config/validation/validation_test.go, v1.36.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {pluginCatalogue} from '../../../src/scheduler/configuration/plugin-catalogue.ts';
import {mine, read, sorter, told} from './reading.ts';

const one = (own: object) => ({profiles: [own]});
const enabled = (point: string, ...names: string[]) =>
  one({plugins: {[point]: {enabled: names.map(name => ({name}))}}});

const mistakes: readonly [document: object, ...told: string[]][] = [
  [
    {apiVersion: 'kubescheduler.config.k8s.io/v1beta3'},
    'apiVersion: expected kubescheduler.config.k8s.io/v1, the one version that is still read, got "kubescheduler.config.k8s.io/v1beta3"',
  ],
  [{paralelism: 3}, 'paralelism: unknown key "paralelism"; did you mean parallelism?'],
  [{parallelism: 0}, 'parallelism: expected a whole number from 1 to 2147483647, got 0'],
  [
    {percentageOfNodesToScore: 101},
    'percentageOfNodesToScore: expected a whole number from 0 to 100, got 101',
  ],
  [
    one({percentageOfNodesToScore: -1}),
    'profiles[0].percentageOfNodesToScore: expected a whole number from 0 to 100, got -1',
  ],
  [
    {podInitialBackoffSeconds: 0},
    'podInitialBackoffSeconds: expected a whole number from 1 to 1000000000, got 0',
  ],
  [
    {podInitialBackoffSeconds: 20},
    'podMaxBackoffSeconds: expected at least podInitialBackoffSeconds (20), got 10',
  ],
  [
    {profiles: [{schedulerName: 'a'}, {schedulerName: 'a'}]},
    'profiles[1].schedulerName: a second profile for schedulerName "a"',
  ],
  [
    {profiles: [{schedulerName: 'a'}, {}]},
    'profiles[1].schedulerName: missing; expected the name that pods choose this profile by',
  ],
  [
    enabled('multiPoint', 'NodeResourceFit'),
    'profiles[0].plugins.multiPoint.enabled[0].name: no plugin "NodeResourceFit"; did you mean NodeResourcesFit?',
  ],
  [
    enabled('filter', 'ImageLocality'),
    'profiles[0].plugins.filter.enabled[0].name: plugin ImageLocality has no filter; it has score',
  ],
  [
    enabled('score', 'ImageLocality', 'ImageLocality'),
    'profiles[0].plugins.score.enabled[1].name: plugin "ImageLocality" is enabled twice for score',
  ],
  [enabled('queueSort')],
  [
    one({plugins: {queueSort: {disabled: [{name: '*'}]}}}),
    'profiles[0].plugins.queueSort: expected exactly one queueSort plugin, got none',
  ],
  [
    one({plugins: {bind: {disabled: [{name: 'DefaultBinder'}]}}}),
    'profiles[0].plugins.bind: expected at least one bind plugin, got none',
  ],
  [
    one({plugins: {score: {enabled: [{name: 'ImageLocality', weight: -1}]}}}),
    'profiles[0].plugins.score.enabled[0].weight: expected a whole number from 0 to 2147483647, got -1',
  ],
  [
    one({plugins: {scored: {}}}),
    'profiles[0].plugins.scored: unknown key "scored"; did you mean score?',
  ],
  [
    one({pluginConfig: [{name: 'NodeResourcesFt'}]}),
    'profiles[0].pluginConfig[0].name: no plugin "NodeResourcesFt"; did you mean NodeResourcesFit?',
  ],
  [
    one({pluginConfig: [{name: 'NodeName'}, {name: 'NodeName'}]}),
    'profiles[0].pluginConfig[1].name: repeated config for plugin NodeName',
  ],
  [
    one({pluginConfig: [{name: 'NodeName', args: {x: 1}}]}),
    'profiles[0].pluginConfig[0].args: plugin NodeName takes no args',
  ],
  [
    one({pluginConfig: [{name: 'InterPodAffinity', args: {kind: 'NodeAffinityArgs'}}]}),
    'profiles[0].pluginConfig[0].args.kind: expected InterPodAffinityArgs, got "NodeAffinityArgs"',
  ],
  [
    one({pluginConfig: [{name: 'InterPodAffinity', args: {hardPodAffinityWeight: 101}}]}),
    'profiles[0].pluginConfig[0].args.hardPodAffinityWeight: expected a whole number from 0 to 100, got 101',
  ],
  [
    enabled('score', 'VolumeBinding'),
    'warning: profiles[0].plugins.score.enabled[0].name: plugin VolumeBinding is not modelled and does nothing',
  ],
  [
    one({plugins: {score: {disabled: [{name: 'ImageLocalit'}]}}}),
    'warning: profiles[0].plugins.score.disabled[0].name: no plugin "ImageLocalit"; did you mean ImageLocality?',
  ],
  [one({plugins: {filter: {disabled: [{name: 'VolumeBinding'}]}}})],
  [
    one({pluginConfig: [{name: 'VolumeBinding', args: {bindTimeoutSeconds: 3}}]}),
    'warning: profiles[0].pluginConfig[0].name: plugin VolumeBinding is not modelled, so its args do nothing',
  ],
  [
    {extenders: [{urlPrefix: 'http://x'}]},
    'warning: extenders[0]: extender "http://x" is not modelled and does nothing',
  ],
];

for (const [document, ...expected] of mistakes) {
  test(`${JSON.stringify(document)} is told as it is meant`, () => {
    assert.equal(told(document), expected);
  });
}

test('all mistakes are told at once, each at its place', () => {
  const document = {
    podInitialBackoffSeconds: 20,
    profiles: [
      {schedulerName: 'a', plugins: {filter: {enabled: [{name: 'Nope'}]}}},
      {schedulerName: 'a', pluginConfig: [{name: 'NodeName', args: {x: 1}}]},
    ],
  };
  assert.is(told(document).length, 4);
  assert.is(read(document).configuration, undefined);
});

test('profiles that share a queue must agree on its order', () => {
  const plugins = {queueSort: {enabled: [{name: 'sorter'}], disabled: [{name: '*'}]}};
  const document = {profiles: [{schedulerName: 'a'}, {schedulerName: 'b', plugins}]};
  assert.equal(told(document, pluginCatalogue([sorter])), [
    'profiles[1].plugins.queueSort: expected the queueSort plugin of all profiles, PrioritySort, got sorter',
  ]);
});

test('what a plugin of the user needs and does not get is told at its profile', () => {
  assert.equal(told({}, pluginCatalogue([mine])), [
    'profiles[0]: plugin mine needs args; level: missing; expected a number',
  ]);
});

test.run();
