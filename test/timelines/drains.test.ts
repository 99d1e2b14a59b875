// Drains and budgets: sections 5.1, 11.1 and 13.8(7) of the controllers' reference.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {forEachSeed} from '../support/for-each-seed.ts';
import {budget, pod, workload} from './objects.ts';
import {Play, played, scenario} from './play.ts';

const cluster = (timeline: string, rest = '') => `duration: 2h
cluster:
  nodes: [{name: n, count: 4, allocatable: {cpu: 16, memory: 64Gi, pods: 110}}]
timeline: [${timeline}]
${rest}`;

const drain = '{at: 10m, do: drain, node: n-0}';
const begin = 600;

/** All on the node that is drained, for the others are cordoned meanwhile. */
const onFirst = [
  ...['n-1', 'n-2', 'n-3'].map(node => `{at: 0s, do: cordon, node: ${node}}`),
  ...['n-1', 'n-2', 'n-3'].map(node => `{at: 5m, do: uncordon, node: ${node}}`),
].join(', ');

test('a budget that spares none is asked every 5 s, for ever', async () => {
  const body = cluster(`${onFirst}, ${drain}`, workload({replicas: 3}) + budget({minAvailable: 3}));
  const play = new Play(await scenario(body), {events: ['operator.eviction-due']}).run();
  assert.equal(play.times('terminating'), []);
  assert.is(play.ready('web'), 3);
  const tries = [...new Set(play.times('operator.eviction-due'))].filter(at => at > begin + 1);
  assert.ok(tries.length > 1200, `${tries.length}`);
  const {length} = tries;
  const mean = (tries[length - 1] - tries[0]) / (tries.length - 1);
  assert.ok(mean <= 5.1, `${mean}`);
});

test('maxUnavailable 1 of 4 lets one go at a time', async () => {
  const web = workload({replicas: 4}) + budget({maxUnavailable: 1});
  const given = await scenario(cluster(`${onFirst}, ${drain}`, web));
  forEachSeed(5, seed => {
    const play = new Play(given, {seed}).run();
    const available = new Set<string>();
    let least = Infinity;
    for (const {what, who, at} of play.diary) {
      if (what === 'ready') available.add(who);
      if (what === 'terminating') available.delete(who);
      if (at > begin) least = Math.min(least, available.size);
    }
    assert.is(least, 3);
    const evicted = play.times('terminating', {from: begin});
    assert.is(evicted.length, 4);
    // Each waits for its turn until the one before is ready elsewhere, and the next try.
    for (let i = 1; i < 4; i++) {
      const gap = evicted[i] - evicted[i - 1];
      assert.ok(gap > 1 && gap < 10.5, `${evicted}`);
    }
    assert.is(play.world.store.pods.on(play.node('n-0')).length, 0);
    assert.is(play.ready('web'), 4);
  });
});

test('without a budget all are evicted at once, with their grace', async () => {
  const play = await played(cluster(`${onFirst}, ${drain}`, workload({replicas: 6})));
  const evicted = play.times('terminating', {from: begin});
  assert.is(evicted.length, 6);
  for (const at of evicted) assert.ok(at < begin + 0.1, `${at}`);
  for (const at of play.times('deleted', {from: begin})) assert.ok(at < begin + 5, `${at}`);
  const [incident] = play.rows('incidents.csv').filter(({kind}) => kind === 'drain');
  assert.is(incident.pods, '6');
});

test('pods of DaemonSets are left there, unless the drain is told to ask for them', async () => {
  const agent = workload({kind: 'DaemonSet', name: 'agent'});
  const play = await played(cluster(drain, agent + workload({replicas: 4})));
  assert.equal(play.times('terminating', {who: 'agent'}), []);
  assert.is(play.ready('agent'), 4);
  const refuses = drain.replace('}', ', ignoreDaemonSets: false}');
  const refused = await played(cluster(refuses, agent + workload({replicas: 4})));
  assert.equal(refused.times('terminating'), []);
});

test('a pod that nobody makes again stops the drain before it begins, unless forced', async () => {
  const lone = pod({name: 'lone', pod: {nodeName: 'n-0'}});
  const refused = await played(cluster(drain, lone + workload({replicas: 4})));
  assert.equal(refused.times('terminating'), []);
  const forced = drain.replace('}', ', force: true}');
  const play = await played(cluster(forced, lone + workload({replicas: 4})));
  assert.is(play.times('terminating', {who: 'lone'}).length, 1);
  assert.is(play.world.store.pods.on(play.node('n-0')).length, 0);
  assert.is(play.world.store.pods.count, 4);
});

test('a drain that may last a minute gives up then, and the node stays cordoned', async () => {
  const short = drain.replace('}', ', timeout: 1m}');
  const web = workload({replicas: 3}) + budget({minAvailable: 3});
  const body = cluster(`${onFirst}, ${short}`, web);
  const play = new Play(await scenario(body), {events: ['operator.eviction-due']}).run();
  // The last try was due when it gave up.
  assert.ok(Math.max(...play.times('operator.eviction-due')) < begin + 65.1);
  assert.is(play.world.store.nodes.get(play.node('n-0'))?.unschedulable, true);
});

// 5.1: not covered are a node's failure, a direct deletion and a rolling update.
test('a budget does not hold back a rollout or a lost node', async () => {
  const roll = '{at: 10m, do: set-image, target: deployment/web, image: "shop/web:2"}';
  const crash = 'faults: [{kind: node-crash, node: n-0, at: 30m}]\n';
  const web = workload({replicas: 4}) + budget({minAvailable: 4});
  const play = await played(cluster(roll, crash + web));
  assert.is(play.times('rolloutCompleted').length, 2);
  const lost = play.times('terminating', {from: 1800, node: 'n-0'});
  assert.ok(lost.length > 0);
  for (const at of lost) assert.ok(at > 2140 && at < 2156, `${at}`);
});

test.run();
