import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {formatSeconds, type Time} from '../../src/engine/time.ts';
import {Measures} from '../../src/metrics/index.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import {attemptsOf, type DiaryEntry, FakeWorld} from './fake-world.ts';
import {everything, measuredRun, overSeeds, rowsOf} from './over-seeds.ts';

test('pods.csv has every pod in order of creation, and says of it what happened', () => {
  overSeeds(6, seed => {
    const {world, measures} = measuredRun(seed);
    assert.equal(rowsOf(measures, 'pods.csv').map(told), world.diary.map(expected));
  });
});

test('the four parts of a scheduling latency add up to it', () => {
  const {measures} = measuredRun(1);
  const parts = ['queue_time', 'backoff_time', 'unschedulable_time', 'bind_time'];
  for (const row of rowsOf(measures, 'pods.csv')) {
    if (row.scheduling_latency === '') continue;
    const sum = parts.reduce((total, part) => total + micros(row[part]), 0);
    assert.is(sum, micros(row.scheduling_latency));
  }
});

test('a pod that was never bound has no latency, no node and the condition as its reason', () => {
  const {measures} = measuredRun(1);
  const waiting = rowsOf(measures, 'pods.csv').filter(
    row => row.outcome === 'pending' && row.scheduled === '' && row.attempts !== '0',
  );
  assert.ok(waiting.length > 0);
  for (const row of waiting) {
    assert.is(row.scheduling_latency + row.node + row.bind_time, '');
    assert.is(row.reason, 'Unschedulable');
  }
});

test('a pod that was refused and then bound has no reason any more, but the plugin', () => {
  const {measures} = measuredRun(1);
  const running = rowsOf(measures, 'pods.csv').filter(
    row => row.outcome === 'running' && row.attempts !== '1',
  );
  assert.ok(running.length > 0);
  for (const row of running) {
    assert.is(row.reason, '');
    assert.is.not(row.first_failing_plugin, '');
  }
});

test('a pod whose manifest names its node counts as scheduled when it is created', () => {
  const world = new FakeWorld({seed: 1});
  const measures = new Measures(world, everything);
  world.simulation.run(0);
  const template = world.diary[0].template;
  const wish = {name: 'static', template, priority: 0, lifetime: undefined};
  const pod = world.store.pods.create(wish, 0);
  world.store.pods.bind(pod, 0 as NodeId, 0);
  world.store.signals.created.emit(pod);
  measures.finish(0);
  const row = rowsOf(measures, 'pods.csv').find(({name}) => name === 'static');
  assert.equal([row?.scheduled, row?.node, row?.attempts], ['0.000000', 'a', '0']);
});

function told(row: Record<string, string>) {
  const {name, owner, created, scheduled, node, attempts, scheduling_latency: latency} = row;
  const {
    started,
    ready,
    ended,
    outcome,
    reason,
    first_failing_plugin: plugin,
    startup_latency: startup,
  } = row;
  return {
    ...{name, owner, created, scheduled, node, attempts, latency},
    ...{started, ready, ended, outcome, reason, plugin, startup},
  };
}

function expected(entry: DiaryEntry) {
  const {name, template, created, bound, latency, started, ended, messages} = entry;
  const owner = template.owner;
  return {
    name,
    owner: owner === undefined ? '' : `${owner.kind}/${owner.name}`,
    created: time(created),
    scheduled: time(bound?.time),
    node: bound?.node ?? '',
    attempts: String(attemptsOf(entry)),
    latency: time(latency),
    started: time(started),
    // The fake cluster's pods are ready when they start.
    ready: time(started),
    ended: time(ended?.time),
    outcome: ended?.outcome ?? (started === undefined ? 'pending' : 'running'),
    reason: reasonOf(entry),
    plugin: messages.at(-1)?.plugin ?? '',
    startup: started === undefined ? '' : time(started - created),
  };
}

function reasonOf({bound, ended, messages}: DiaryEntry): string {
  if (ended !== undefined) return ended.outcome === 'preempted' ? 'Preempted' : '';
  return bound === undefined && messages.length > 0 ? 'Unschedulable' : '';
}

function time(value: Time | undefined): string {
  return value === undefined ? '' : formatSeconds(value);
}

function micros(text: string): number {
  return Math.round(Number(text) * 1e6);
}

test.run();
