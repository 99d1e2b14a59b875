import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {Simulation} from '../../src/engine/simulation.ts';
import {ratioText} from '../../src/metrics/figures.ts';
import {Measures} from '../../src/metrics/index.ts';
import type {NodeId, PodId} from '../../src/objects/ids.ts';
import type {PodTemplate} from '../../src/objects/pod-spec.ts';
import type {Store} from '../../src/objects/store.ts';
import {type DiaryEntry, emptyWorld, node, template} from './fake-world.ts';
import {everything, figure, measuredRun, overSeeds, rowsOf} from './over-seeds.ts';

test('what a node gave away is the exact sum over its pods from binding to end', () => {
  overSeeds(8, seed => {
    const {world, measures, end} = measuredRun(seed);
    for (const row of rowsOf(measures, 'nodes.csv')) {
      const here = world.diary.filter(({bound}) => bound?.node === row.name);
      assert.is(row.cpu_requested_mean, ratioText(given(here, cpuOf, end), BigInt(end) * 1000n));
      assert.is(row.memory_requested_mean, ratioText(given(here, memoryOf, end), end));
      assert.is(
        row.pods_mean,
        ratioText(
          given(here, () => 1, end),
          end,
        ),
      );
      assert.is(row.pods_max, String(mostAtOnce(here)));
    }
  });
});

test('utilisation is what was requested over what was there', () => {
  overSeeds(8, seed => {
    const {world, measures, end} = measuredRun(seed);
    const there = BigInt(3 * 64_000) * BigInt(end);
    const cpu = ratioText(given(world.diary, cpuOf, end), there);
    assert.is(figure(measures, 'cpu_requested_share_mean'), cpu);
    const memory = BigInt(3 * 96) * BigInt(2 ** 30) * BigInt(end);
    const memoryShare = ratioText(given(world.diary, memoryOf, end), memory);
    assert.is(figure(measures, 'memory_requested_share_mean'), memoryShare);
  });
});

test('nodes that are idle, come late, change or go early count over their own time', () => {
  const world = emptyWorld();
  const {simulation, store} = world;
  const measures = new Measures(world, everything);
  store.nodes.add(node('idle', new Map([['topology.kubernetes.io/zone', 'z1']])), 0);
  const act = simulation.event('act', (step: number) => steps[step]());
  const steps = [
    () => {
      store.nodes.add(node('late'), simulation.now);
      place(store, simulation, {name: 'p', node: 1 as NodeId});
    },
    () => store.nodes.replace(1 as NodeId, node('late'), simulation.now),
    () => store.signals.ended.emit(0 as PodId, 'succeeded', ''),
    () => store.nodes.delete(1 as NodeId, simulation.now),
    () => place(store, simulation, {name: 'q', node: 0 as NodeId}),
  ];
  for (const step of steps.keys()) act.at(1000 + step * 100, step);
  simulation.run(4000);
  measures.finish(4000);
  const rows = rowsOf(measures, 'nodes.csv').map(row => [row.name, row.zone, row.pods_mean]);
  // The late node was there for 300 us, with a pod for 200; the other had one for the last 2,600.
  assert.equal(rows, [
    ['idle', 'z1', '0.650000'],
    ['late', '', '0.666667'],
  ]);
  assert.is(figure(measures, 'nodes'), '1');
  assert.is(figure(measures, 'nodes_used'), '1');
  const share = ratioText(1000 * (200 + 2600), 64_000 * (4000 + 300));
  assert.is(figure(measures, 'cpu_requested_share_mean'), share);
});

test('the time series shows the values between events', () => {
  const {world, measures} = measuredRun(6);
  const rows = rowsOf(measures, 'timeseries.csv');
  assert.is(rows.length, 6 * Math.floor(600 / 7));
  for (const {time, metric, value} of rows) {
    if (metric === 'events') continue;
    assert.is(value, String(seen(world.diary, Number(time) * 1e6)[metric]), `${metric} ${time}`);
  }
});

/** What a sample at `time` must say, by metric: it comes before the events of that time. */
function seen(diary: DiaryEntry[], time: number): Record<string, string | number | undefined> {
  const during = (from: number | undefined, to: number | undefined) =>
    from !== undefined && from < time && (to ?? Infinity) >= time;
  const waiting = diary.filter(pod => during(pod.created, pod.bound?.time ?? pod.ended?.time));
  const running = diary.filter(pod => during(pod.started, pod.ended?.time));
  const bound = diary.filter(pod => during(pod.bound?.time, pod.ended?.time));
  const cpu = bound.reduce((sum, pod) => sum + cpuOf(pod.template), 0);
  const memory = bound.reduce((sum, pod) => sum + memoryOf(pod.template), 0);
  return {
    pending_pods: waiting.length,
    running_pods: running.length,
    cpu_requested_share: ratioText(cpu, 3 * 64_000),
    memory_requested_share: ratioText(memory, 3 * 96 * 2 ** 30),
    nodes_used: new Set(bound.map(pod => pod.bound?.node)).size,
  };
}

function place(store: Store, {now}: Simulation, {name, node: on}: {name: string; node: NodeId}) {
  const wish = {name, template: template(1000, 0), priority: 0, lifetime: undefined};
  const pod = store.pods.create(wish, now);
  store.signals.created.emit(pod);
  store.pods.bind(pod, on, now);
}

function given(pods: DiaryEntry[], amountOf: (template: PodTemplate) => number, end: number) {
  return pods.reduce((total, {bound, ended, template: asked}) => {
    if (bound === undefined) return total;
    return total + BigInt(amountOf(asked)) * BigInt((ended?.time ?? end) - bound.time);
  }, 0n);
}

function mostAtOnce(pods: DiaryEntry[]): number {
  const changes = pods.flatMap(({bound, ended}) => [
    [bound?.time ?? 0, 1],
    [ended?.time ?? Infinity, -1],
  ]);
  changes.sort(([one, up], [other, otherUp]) => one - other || up - otherUp);
  let [count, most] = [0, 0];
  for (const [, change] of changes) {
    count += change;
    most = Math.max(most, count);
  }
  return most;
}

function cpuOf({spec}: PodTemplate): number {
  return spec.containers[0].requests.get('cpu') ?? 0;
}

function memoryOf({spec}: PodTemplate): number {
  return spec.containers[0].requests.get('memory') ?? 0;
}

test.run();
