// Several profiles side by side, chosen by the pod; and strategies of one's own.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../src/engine/time.ts';
import {definePlugin} from '../../src/scheduler/framework.ts';
import {nodeWith} from '../support/pods-and-nodes.ts';
import {SchedulerWorld} from '../support/scheduler-world.ts';

const packing = {
  schedulerName: 'packing',
  pluginConfig: [
    {
      name: 'NodeResourcesFit',
      args: {scoringStrategy: {type: 'MostAllocated', resources: [{name: 'cpu', weight: 1}]}},
    },
  ],
  plugins: {score: {disabled: [{name: 'NodeResourcesBalancedAllocation'}]}},
};
const byName = (schedulerName: string, cpuMillicores = 500) => ({
  cpuMillicores,
  spec: {schedulerName},
});

test('a pod is placed by the profile it asks for', () => {
  const nodes = [nodeWith('node-0'), nodeWith('node-1')];
  const profiles = [{schedulerName: 'default-scheduler'}, packing];
  const world = new SchedulerWorld({nodes, configuration: {profiles}});
  const first = world.pod('first', byName('default-scheduler'));
  const spread = world.at(seconds(1)).pod('spread', byName('default-scheduler'));
  const packed = world.at(seconds(2)).pod('packed', byName('packing', 100));
  world.settle();
  assert.is.not(world.nodeOf(spread), world.nodeOf(first));
  const third = world.at(seconds(3)).pod('third', byName('packing', 100));
  world.settle();
  assert.is(world.nodeOf(third), world.nodeOf(packed));
});

test('all profiles share the queue: priority counts across them', () => {
  const profiles = [{schedulerName: 'default-scheduler'}, packing];
  const world = new SchedulerWorld({configuration: {profiles}});
  world.pod('low', {...byName('packing'), priority: 1});
  world.pod('high', {...byName('default-scheduler'), priority: 2});
  world.settle();
  assert.equal(
    world.said.map(line => line.split(' ')[2]),
    ['high', 'low'],
  );
});

test('a pod that asks for a scheduler that is not there stays pending, and is in no queue', () => {
  const world = new SchedulerWorld();
  const pod = world.pod('a', byName('somebody-else'));
  world.settle();
  assert.is(world.nodeOf(pod), undefined);
  assert.equal(world.said, []);
  world.client.deletePod(pod);
  world.settle();
  assert.equal(world.scheduler.queue.counts(), {active: 0, backoff: 0, unschedulable: 0, gated: 0});
});

test('a profile may look for fewer nodes than the others', () => {
  const nodes = Array.from({length: 200}, (_, i) => nodeWith(`node-${i}`));
  const profiles = [
    {schedulerName: 'default-scheduler'},
    {schedulerName: 'hasty', percentageOfNodesToScore: 60},
  ];
  const world = new SchedulerWorld({
    nodes,
    configuration: {profiles, percentageOfNodesToScore: 90},
    cost: {base: 0, perNodeFiltered: 0, perNodeScored: 1},
  });
  world.pod('thorough', byName('default-scheduler'));
  world.pod('hasty', byName('hasty'));
  world.settle();
  assert.is(world.waits.get('thorough')?.queue, 180);
  assert.is(world.waits.get('hasty')?.queue, 180 + 120);
});

// Puts pods that will end at about the same time on the same node.
const drainTogether = definePlugin({
  name: 'DrainTogether',
  create({clock}) {
    let podEnd = 0;
    return {
      preScore(pod) {
        podEnd = clock.now + (pod.lifetime ?? 0);
        return undefined;
      },
      score(_pod, node) {
        const ends = node.pods.map(({startTime, lifetime = 0}) => (startTime ?? 0) + lifetime);
        const emptyAt = Math.max(0, ...ends);
        return 100 * Math.max(0, 1 - Math.abs(emptyAt - podEnd) / seconds(600));
      },
    };
  },
});

test("a strategy of one's own may look at lifetimes, and need not give whole scores", () => {
  const nodes = [nodeWith('node-0'), nodeWith('node-1')];
  const enabled = [{name: 'DrainTogether', weight: 50}];
  const profiles = [{schedulerName: 'default-scheduler', plugins: {multiPoint: {enabled}}}];
  const world = new SchedulerWorld({nodes, plugins: [drainTogether], configuration: {profiles}});
  const early = world.pod('early', {lifetime: seconds(600)});
  const late = world.at(seconds(1)).pod('late', {lifetime: seconds(6000)});
  // By room alone they would go the other way round.
  const late2 = world.at(seconds(2)).pod('late-2', {lifetime: seconds(5800)});
  const early2 = world.at(seconds(3)).pod('early-2', {lifetime: seconds(650)});
  world.settle();
  assert.is(world.nodeOf(early2), world.nodeOf(early));
  assert.is(world.nodeOf(late2), world.nodeOf(late));
  assert.is.not(world.nodeOf(late), world.nodeOf(early));
});

test('a score out of bounds stops the run and names the plugin', () => {
  const boastful = definePlugin({name: 'Boastful', create: () => ({score: () => 101})});
  const world = new SchedulerWorld({
    nodes: [nodeWith('node-0'), nodeWith('node-1')],
    plugins: [boastful],
  });
  world.pod('a');
  assert.throws(() => world.settle(), /plugin Boastful gave node node-0 the score 101/);
});

test.run();
