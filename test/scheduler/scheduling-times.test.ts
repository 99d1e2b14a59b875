// When things happen: cycles one after the other, bindings beside them, as fast as the client's limits
// allow, and where a pod's latency went.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, seconds} from '../../src/engine/time.ts';
import {type BuiltWorld, build} from '../../src/scenario/build.ts';
import {defaultCost} from '../../src/scheduler/cost-model.ts';
import {busyScenario} from '../support/busy-scenario.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {nodeWith} from '../support/pods-and-nodes.ts';
import {cycle, SchedulerWorld, watch, write} from '../support/scheduler-world.ts';

test('a pod is scheduled one watch, one cycle and one write after its creation', () => {
  const world = new SchedulerWorld();
  world.pod('a');
  world.settle();
  assert.equal(world.said, [`${(watch + cycle + write) / 1000}.000 scheduled a on node-0`]);
});

test('the next cycle does not wait for the binding', () => {
  const world = new SchedulerWorld();
  for (const name of ['a', 'b', 'c']) world.pod(name);
  world.settle();
  assert.equal(
    world.said.map(line => Number.parseFloat(line)),
    [9, 10, 11],
  );
});

test('a cycle costs its base, and more for each node filtered and each node scored', () => {
  const nodes = [0, 1, 2].map(i => nodeWith(`node-${i}`, {unschedulable: i === 2}));
  const cost = {base: 100, perNodeFiltered: 10, perNodeScored: 1};
  const world = new SchedulerWorld({nodes, cost});
  world.pod('a');
  world.settle();
  assert.is(world.waits.get('a')?.queue, 100 + 3 * 10 + 2);
});

test('the default cost gives the throughput of the upstream benchmark', () => {
  const {base, perNodeFiltered, perNodeScored} = defaultCost;
  const daemonSet = base + perNodeFiltered + perNodeScored;
  const basic = base + 500 * (perNodeFiltered + perNodeScored);
  assert.is(Math.round(1e6 / daemonSet), 1101);
  assert.is(Math.round(1e6 / basic), 681);
});

test('after the burst, bindings go out at the rate of the client', () => {
  const world = new SchedulerWorld({
    configuration: {clientConnection: {qps: 10, burst: 2}},
  });
  for (let i = 0; i < 5; i++) world.pod(`pod-${i}`);
  world.after(seconds(2));
  const times = world.said.map(line => Number.parseFloat(line));
  const gaps = times.slice(1).map((time, i) => time - times[i]);
  // Cycles end at 4, 5, 6, 7 and 8 ms; a token comes every 100 ms from the first on.
  assert.equal(gaps, [1, 99, 100, 100]);
});

test('time in the pool, in backoff, in the queue and in the binding are told apart', () => {
  const world = new SchedulerWorld({nodes: []});
  world.addNode(nodeWith('small', {cpuMillicores: 1000}));
  world.pod('a', {cpuMillicores: 2000});
  world.at(seconds(0.5));
  world.addNode(nodeWith('large'));
  world.at(seconds(3));
  const {attempts, latency, queue, backoff, unschedulable, bind} = world.waits.get('a') ?? failed();
  assert.is(attempts, 2);
  assert.is(bind, write);
  // Popped from backoff at once, since nothing else was to do.
  assert.equal([queue, backoff, unschedulable], [2 * cycle, 0, seconds(0.5) - cycle]);
  assert.is(latency, queue + backoff + unschedulable + bind);
});

function failed(): never {
  throw new Error('the pod was never scheduled');
}

const scenarios = await Promise.all(['1.31', '1.34', '1.36'].map(v => busyScenario(1, v)));

test('the parts of every latency add up, over seeds', () => {
  forEachSeed(12, seed => {
    const scenario = {...scenarios[seed % 3], seed};
    const world: BuiltWorld = build(scenario, {plugins: [], replication: 0});
    let count = 0;
    world.store.signals.scheduled.watch((_pod, _node, wait) => {
      const {latency, queue, backoff, unschedulable, bind} = wait;
      assert.is(queue + backoff + unschedulable + bind, latency);
      count++;
    });
    world.start();
    world.simulation.run(scenario.duration);
    assert.ok(count > 200);
  });
});

test('time before its gates are gone does not count', () => {
  const world = new SchedulerWorld();
  const gates = {spec: {schedulingGates: ['example.com/wait']}};
  const pod = world.pod('a', gates);
  world.at(seconds(50));
  const template = {...world.store.pods.template(pod)};
  const open = {...template, spec: {...template.spec, schedulingGates: []}};
  world.store.pods.replaceTemplate(pod, open, world.simulation.now);
  world.settle();
  const {latency, unschedulable} = world.waits.get('a') ?? failed();
  assert.equal([latency, unschedulable], [cycle + write, 0]);
  assert.is(world.said[0], '3.000 gated a by SchedulingGates');
});

test('a pod deleted while it is being tried takes no room', () => {
  const world = new SchedulerWorld();
  const pod = world.pod('a', {cpuMillicores: 4000});
  world.at(watch).client.deletePod(pod);
  world.settle();
  world.pod('b', {cpuMillicores: 4000});
  world.settle();
  assert.match(world.said.at(-1) ?? '', /scheduled b/);
  assert.is(world.scheduler.bindings.count, 0);
});

test('a pod deleted while it is being refused is in no queue', () => {
  const world = new SchedulerWorld();
  const pod = world.pod('a', {cpuMillicores: 9000});
  // Known at 3.5 ms, in the middle of its cycle.
  world.at(500).store.pods.delete(pod, world.simulation.now);
  world.settle();
  assert.equal(world.scheduler.queue.counts(), {active: 0, backoff: 0, unschedulable: 0, gated: 0});
});

test('milliseconds are what the harness counts in', () => {
  assert.equal([cycle, write, watch], [1, 5, 3].map(milliseconds));
});

test.run();
