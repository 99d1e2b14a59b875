// Expectations from pkg/scheduler/apis/config/v1/defaults_test.go, v1.36.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../../src/engine/time.ts';
import {check} from '../../../src/scenario/mistakes.ts';
import {pluginCatalogue} from '../../../src/scheduler/configuration/plugin-catalogue.ts';
import {readConfiguration} from '../../../src/scheduler/configuration/read-configuration.ts';
import {readyMade} from '../../../src/scheduler/configuration/ready-made.ts';
import type {ExtensionPoint} from '../../../src/scheduler/plugin-set.ts';
import {catalogue, mine, read, sorter} from './reading.ts';

function resolved(document: object, plugins = catalogue) {
  const {configuration, problems} = read(document, plugins);
  assert.equal(problems, []);
  if (configuration === undefined) throw new Error('not read');
  return configuration;
}

const profile = (own: object, plugins = catalogue) =>
  resolved({profiles: [own]}, plugins).profiles[0];

function at(point: ExtensionPoint, plugins: object, known = catalogue): string[] {
  return profile({plugins}, known).points[point].map(({name, weight}) =>
    point === 'score' ? `${name} ${weight}` : name,
  );
}

const defaultScores = [
  'TaintToleration 3',
  'NodeAffinity 2',
  'NodeResourcesFit 1',
  'PodTopologySpread 2',
  'InterPodAffinity 2',
  'NodeResourcesBalancedAllocation 1',
  'ImageLocality 1',
];

test('an empty configuration is the default profile with the default constants', () => {
  const {profiles, ...rest} = resolved({});
  assert.equal(rest, {
    percentageOfNodesToScore: 0,
    initialBackoff: seconds(1),
    maxBackoff: seconds(10),
    client: {qps: 50, burst: 100},
  });
  assert.equal(
    profiles.map(({schedulerName}) => schedulerName),
    ['default-scheduler'],
  );
});

test('the default profile runs its plugins in the order of kube-scheduler, devices among them', () => {
  assert.equal(at('score', {}), defaultScores);
  assert.equal(at('filter', {}), [
    'NodeUnschedulable',
    'NodeName',
    'TaintToleration',
    'NodeAffinity',
    'NodePorts',
    'NodeResourcesFit',
    'GpuShare',
    'PodTopologySpread',
    'InterPodAffinity',
  ]);
  assert.equal(at('queueSort', {}), ['PrioritySort']);
  assert.equal(at('postFilter', {}), ['DefaultPreemption']);
  assert.equal(at('bind', {}), ['DefaultBinder']);
  assert.equal(at('preEnqueue', {}), ['SchedulingGates', 'DefaultPreemption']);
});

test('what is written at one point overrides what is written for all', () => {
  const plugins = {
    multiPoint: {enabled: [{name: 'ImageLocality', weight: 7}], disabled: [{name: 'NodeAffinity'}]},
    score: {
      enabled: [{name: 'NodeResourcesFit', weight: 9}],
      disabled: [{name: 'InterPodAffinity'}],
    },
  };
  assert.equal(at('score', plugins), [
    'NodeResourcesFit 9',
    'TaintToleration 3',
    'PodTopologySpread 2',
    'NodeResourcesBalancedAllocation 1',
    'ImageLocality 7',
  ]);
  assert.ok(at('filter', plugins).includes('InterPodAffinity'));
  assert.ok(!at('filter', plugins).includes('NodeAffinity'));
});

test('args are checked by the plugin that takes them, and the others get their defaults', () => {
  const args = {apiVersion: 'kubescheduler.config.k8s.io/v1', kind: 'InterPodAffinityArgs'};
  const config = {name: 'InterPodAffinity', args: {...args, hardPodAffinityWeight: 7}};
  const given = profile({pluginConfig: [config]}).args;
  assert.is((given.InterPodAffinity as {hardPodAffinityWeight: number}).hardPodAffinityWeight, 7);
  assert.ok('NodeResourcesFit' in given);
});

test("a user's plugin joins at weight 1 and can be moved, weighted and configured like any other", () => {
  const own = pluginCatalogue([mine]);
  const pluginConfig = [{name: 'mine', args: {level: 3}}];
  const joined = profile({pluginConfig}, own);
  assert.equal(joined.points.score.at(-1), {name: 'mine', weight: 1});
  assert.equal(joined.args.mine, {level: 3});
  const plugins = {score: {enabled: [{name: 'mine', weight: 5}], disabled: [{name: '*'}]}};
  assert.equal(profile({plugins, pluginConfig}, own).points.score, [{name: 'mine', weight: 5}]);
});

test("a user's plugin that orders the queue replaces PrioritySort", () => {
  const plugins = {queueSort: {enabled: [{name: 'sorter'}], disabled: [{name: '*'}]}};
  assert.equal(at('queueSort', plugins, pluginCatalogue([sorter])), ['sorter']);
});

test('backoff, percentages, limits and several profiles are read', () => {
  const {profiles, ...rest} = resolved({
    percentageOfNodesToScore: 40,
    podInitialBackoffSeconds: 2,
    podMaxBackoffSeconds: 60,
    parallelism: 4,
    clientConnection: {qps: 500, burst: 1000},
    leaderElection: {leaderElect: true, leaseDuration: '15s'},
    profiles: [{schedulerName: 'a', percentageOfNodesToScore: 100}, {schedulerName: 'b'}],
  });
  assert.equal(rest, {
    percentageOfNodesToScore: 40,
    initialBackoff: seconds(2),
    maxBackoff: seconds(60),
    client: {qps: 500, burst: 1000},
  });
  assert.equal(
    profiles.map(({percentageOfNodesToScore}) => percentageOfNodesToScore),
    [100, undefined],
  );
});

test('as in client-go a qps of 0 is the default and one below 0 no limit', () => {
  assert.equal(resolved({clientConnection: {qps: 0, burst: 0}}).client, {qps: 50, burst: 100});
  assert.is(resolved({clientConnection: {qps: -1}}).client.qps, undefined);
});

test('what is written as null is not written', () => {
  const document = {profiles: null, parallelism: null, clientConnection: null};
  assert.equal(resolved(document), resolved({}));
  assert.equal(at('score', {score: {enabled: null, disabled: null}, filter: null}), defaultScores);
});

test('a resolved configuration is plain data', () => {
  const configuration = resolved({});
  assert.equal(structuredClone(configuration), configuration);
});

for (const [name, document] of readyMade) {
  test(`the ready-made profile ${name} is a configuration without problems`, () => {
    assert.equal(readConfiguration(document, {catalogue, check}).problems, []);
  });
}

test('bin-packing scores the fullest node best, spreading weighs the spread most', () => {
  const args = (name: string) => resolved(readyMade.get(name) ?? {}).profiles[0];
  const fit = args('bin-packing').args.NodeResourcesFit as {scoringStrategy: {type: string}};
  assert.is(fit.scoringStrategy.type, 'MostAllocated');
  const [first] = args('spreading').points.score;
  assert.equal(first, {name: 'PodTopologySpread', weight: 20});
});

test.run();
