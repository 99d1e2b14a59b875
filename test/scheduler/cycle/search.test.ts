// Which nodes a cycle looks at, from where, and which of the best it takes.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../../src/engine/random.ts';
import type {PodId} from '../../../src/objects/ids.ts';
import type {KubernetesMinor} from '../../../src/objects/version.ts';
import {PodInfo} from '../../../src/scheduler/cache/pod-info.ts';
import {PlainCycle} from '../../../src/scheduler/cycle/plain-cycle.ts';
import {definePlugin, type Plugin} from '../../../src/scheduler/framework.ts';
import {nodeWith, type PodWishes, templateWith} from '../../support/pods-and-nodes.ts';
import {configurationOf, profileOver} from '../../support/profile-over.ts';
import {SchedulerWorld} from '../../support/scheduler-world.ts';
import {chiSquareP} from '../../support/statistics.ts';

type Wishes = {nodes: number; full?: readonly number[]; percentage?: number};

/** A plain cycle over equal nodes; those in `full` have no room. */
function search({nodes, full = [], percentage = 0}: Wishes) {
  const {cache, profile} = profileOver(36);
  for (let i = 0; i < nodes; i++) {
    cache.addNode(nodeWith(`node-${i}`, full.includes(i) ? {cpuMillicores: 0} : {}));
  }
  const cycle = new PlainCycle(cache, {
    kubernetes: 36,
    percentageOfNodesToScore: percentage,
    tieStream: () => new RandomStream('ties'),
  });
  const pod = (wishes: PodWishes = {cpuMillicores: 100}) =>
    new PodInfo(0 as PodId, 'a', cache.shapes.of(templateWith(wishes)), 0);
  return {cache, cycle, pod, attempt: (one = pod()) => cycle.try(profile, one, 1)};
}

test('under a hundred nodes all are looked at, and the start stays', () => {
  const {attempt, cycle} = search({nodes: 99});
  assert.is(attempt().feasible, 99);
  assert.is(cycle.start, 0);
});

test('of many nodes only a share is looked at, and the next search goes on from there', () => {
  const {attempt, cycle} = search({nodes: 500});
  assert.is(attempt().feasible, 230);
  assert.is(cycle.start, 230);
  attempt();
  assert.is(cycle.start, 460);
  attempt();
  assert.is(cycle.start, (460 + 230) % 500);
});

test('nodes that fail are passed by, and move the start too', () => {
  const {attempt, cycle} = search({nodes: 200, full: [0, 1, 2], percentage: 50});
  const {feasible, failed} = attempt();
  assert.equal([feasible, failed, cycle.start], [100, 3, 103]);
});

test('a nominated node that fits is taken without a search', () => {
  const {attempt, cycle, pod, cache} = search({nodes: 200});
  const nominated = pod();
  cache.nominations.add(nominated, 'node-150');
  assert.is(attempt(nominated).node?.name, 'node-150');
  assert.is(cycle.start, 0);
});

test('a nominated node that fails is counted once, wherever the search ends', () => {
  const {attempt, cycle, pod, cache} = search({nodes: 200, full: [0, 150], percentage: 50});
  const nominated = pod();
  cache.nominations.add(nominated, 'node-150');
  assert.is(attempt(nominated).failed, 2);
  assert.is(cycle.start, 102);
});

test('a nomination to a node that is gone is no hindrance', () => {
  const {attempt, pod, cache} = search({nodes: 3});
  const nominated = pod();
  cache.nominations.add(nominated, 'node-9');
  assert.is(attempt(nominated).feasible, 3);
});

test('a pod for named nodes is searched for among these alone', () => {
  const {attempt, pod} = search({nodes: 5, full: [3]});
  const names = (values: string[]) => ({
    expressions: [],
    fields: [{key: 'metadata.name', operator: 'In' as const, values}],
  });
  const to = (values: string[]) => {
    const nodeAffinity = {required: [names(values)], preferred: []};
    return attempt(pod({cpuMillicores: 100, spec: {nodeAffinity}}));
  };
  assert.is(to(['node-4']).node?.name, 'node-4');
  const {diagnosis, failed} = to(['node-3']);
  assert.is(failed, 1);
  assert.equal([...(diagnosis?.rejectedBy() ?? [])].sort(), ['NodeAffinity', 'NodeResourcesFit']);
  assert.is(
    diagnosis?.message(),
    "0/5 nodes are available: 1 Insufficient cpu, 4 node(s) didn't satisfy plugin(s) [NodeAffinity].",
  );
});

/** A profile with these PreFilter plugins in front of the default ones. */
function restricted(...sets: Plugin[]) {
  const plugins = sets.map((plugin, i) => definePlugin({name: `Only${i}`, create: () => plugin}));
  const world = new SchedulerWorld({nodes: [nodeWith('a'), nodeWith('b')], plugins});
  world.pod('pod');
  world.settle();
  return world.said[0];
}

test('plugins that leave no common node are named together', () => {
  const only = (name: string): Plugin => ({preFilter: () => new Set([name])});
  assert.match(restricted(only('a'), only('b')), 'plugin(s) [Only0 Only1] simultaneously');
});

test('an error of a filter that leaves no node is an error of the attempt', () => {
  const broken: Plugin = {filter: () => ({code: 'error', reasons: ['broken']})};
  const {said, scheduler} = (() => {
    const plugins = [definePlugin({name: 'Broken', create: () => broken})];
    const world = new SchedulerWorld({plugins});
    world.pod('pod');
    return world.settle();
  })();
  assert.match(said[0], 'broken');
  assert.is(scheduler.queue.counts().backoff, 1);
});

test('where the attempt went wrong, nothing is preempted', () => {
  let asked = 0;
  const plugins = [
    definePlugin({
      name: 'Broken',
      create: () => ({
        filter: () => ({code: 'error', reasons: ['broken']}),
        postFilter: () => void asked++,
      }),
    }),
  ];
  const world = new SchedulerWorld({plugins});
  world.pod('pod');
  world.settle();
  assert.is(asked, 0);
});

function winners(kubernetes: KubernetesMinor): Map<string, number> {
  const wins = new Map<string, number>();
  for (let seed = 1; seed <= 400; seed++) {
    const nodes = [0, 1, 2, 3].map(i => nodeWith(`node-${i}`));
    const world = new SchedulerWorld({seed, kubernetes, nodes});
    const pod = world.pod('a');
    world.settle();
    const node = world.nodeOf(pod) ?? 'none';
    wins.set(node, (wins.get(node) ?? 0) + 1);
  }
  return wins;
}

test('up to 1.34 each of equal nodes wins as often, over seeds', () => {
  const counts = [...winners(34).values()];
  assert.is(counts.length, 4);
  assert.ok(chiSquareP(counts, [100, 100, 100, 100]) > 0.001, counts.join());
});

test('from 1.35 on the first of equal nodes always wins', () => {
  assert.equal([...winners(35)], [['node-0', 400]]);
});

test('the configuration of the tests is the default one', () => {
  const [profile] = configurationOf().profiles;
  assert.is(profile.schedulerName, 'default-scheduler');
});

test.run();
