import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {formatSeconds} from '../../src/engine/time.ts';
import {ratioText} from '../../src/metrics/figures.ts';
import {Measures} from '../../src/metrics/index.ts';
import {attemptsOf, type DiaryEntry, FakeWorld, runLength} from './fake-world.ts';
import {everything, figure, measuredRun, overSeeds} from './over-seeds.ts';

test('pods that were never bound count, however they ended', () => {
  overSeeds(8, seed => {
    const {world, measures} = measuredRun(seed);
    const never = world.diary.filter(({bound}) => bound === undefined).length;
    const {length} = world.diary;
    assert.is(figure(measures, 'pods_created'), String(length));
    assert.is(figure(measures, 'pods_scheduled'), String(length - never));
    assert.is(figure(measures, 'pods_unscheduled'), String(never));
    assert.is(figure(measures, 'unscheduled_share'), ratioText(never, length));
  });
});

test('pending pod seconds are the exact sum of all waits, ended or not', () => {
  overSeeds(8, seed => {
    const {world, measures, end} = measuredRun(seed);
    const wait = ({created, bound, ended}: DiaryEntry) =>
      (bound?.time ?? ended?.time ?? end) - created;
    const sum = world.diary.reduce((total, entry) => total + wait(entry), 0);
    assert.is(figure(measures, 'pending_pod_seconds'), formatSeconds(sum));
  });
});

test('latencies are those of the pods that were bound, by the definition of quantiles', () => {
  overSeeds(8, seed => {
    const {world, measures} = measuredRun(seed);
    const latencies = world.diary.flatMap(({latency}) => (latency === undefined ? [] : [latency]));
    latencies.sort((one, other) => one - other);
    const sum = latencies.reduce((total, latency) => total + latency, 0);
    const {length} = latencies;
    assert.is(figure(measures, 'scheduling_latency_mean'), ratioText(sum, length * 1e6));
    assert.is(figure(measures, 'scheduling_latency_max'), formatSeconds(latencies[length - 1]));
    const p90 = latencies[Math.ceil(0.9 * length) - 1];
    const told = Number(figure(measures, 'scheduling_latency_p90')) * 1e6;
    assert.ok(Math.abs(told - p90) <= 0.01 * p90, `${told}, not ${p90}`);
    assert.is(figure(measures, 'scheduling_latency_p99'), undefined);
    const row = measures.figures().find(({metric}) => metric === 'scheduling_latency_p99');
    assert.is(row?.samples, length);
  });
});

test('the mean parts of the latency add up to its mean', () => {
  const {measures} = measuredRun(5);
  const parts = [
    'queue_time_mean',
    'backoff_time_mean',
    'unschedulable_time_mean',
    'bind_time_mean',
  ];
  const sum = parts.reduce((total, part) => total + Number(figure(measures, part)), 0);
  const mean = Number(figure(measures, 'scheduling_latency_mean'));
  assert.ok(Math.abs(sum - mean) < 4e-6, `${sum}, not ${mean}`);
});

test('every attempt counts, also those of pods that were never bound', () => {
  overSeeds(8, seed => {
    const {world, measures} = measuredRun(seed);
    const attempts = world.diary.reduce((total, entry) => total + attemptsOf(entry), 0);
    assert.is(figure(measures, 'scheduling_attempts'), String(attempts));
  });
});

test('a pending pod counts for the plugin that turned it away last', () => {
  overSeeds(8, seed => {
    const {world, measures} = measuredRun(seed);
    const waiting = world.diary.filter(({bound, ended}) => (bound ?? ended) === undefined);
    assert.is(figure(measures, 'pending_pods'), String(waiting.length));
    for (const plugin of ['NodeResourcesFit', 'TaintToleration']) {
      const count = waiting.filter(({messages}) => messages.at(-1)?.plugin === plugin).length;
      const told = measures.figures().find(({object}) => object === plugin)?.value ?? 0;
      assert.is(told, count, plugin);
    }
  });
});

test('a run that is cut short counts what waits until then', () => {
  const world = new FakeWorld({seed: 4});
  const measures = new Measures(world, everything);
  world.simulation.run(runLength, {maxEvents: 200});
  const {now} = world.simulation;
  measures.finish(now);
  const waits = world.diary.map(
    ({created, bound, ended}) => (bound?.time ?? ended?.time ?? now) - created,
  );
  const sum = waits.reduce((total, wait) => total + wait, 0);
  assert.is(figure(measures, 'pending_pod_seconds'), formatSeconds(sum));
});

test.run();
