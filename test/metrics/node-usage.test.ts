import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Simulation} from '../../src/engine/simulation.ts';
import {ratioText} from '../../src/metrics/figures.ts';
import {Measures} from '../../src/metrics/index.ts';
import type {PodTemplate} from '../../src/objects/pod-spec.ts';
import {Store} from '../../src/objects/store.ts';
import {type DiaryEntry, node, template} from './fake-world.ts';
import {everything, figure, measuredRun, overSeeds, rowsOf} from './over-seeds.ts';

test('what a node gave away is the exact sum over its pods from binding to end', () => {
  overSeeds(20, seed => {
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
  overSeeds(20, seed => {
    const {world, measures, end} = measuredRun(seed);
    const there = BigInt(3 * 64_000) * BigInt(end);
    const cpu = ratioText(given(world.diary, cpuOf, end), there);
    assert.is(figure(measures, 'cpu_requested_share_mean'), cpu);
    const memory = BigInt(3 * 96) * BigInt(2 ** 30) * BigInt(end);
    const memoryShare = ratioText(given(world.diary, memoryOf, end), memory);
    assert.is(figure(measures, 'memory_requested_share_mean'), memoryShare);
  });
});

test('nodes that nobody uses, come late or go early are in nodes.csv, each over its own time', () => {
  const {simulation, store} = emptyWorld();
  const measures = new Measures({simulation, store}, everything);
  store.nodes.add(node('idle', new Map([['topology.kubernetes.io/zone', 'z1']])), 0);
  const late = simulation.event('late', () => {
    const gone = store.nodes.add(node('late'), simulation.now);
    const wish = {template: template(1000, 0), priority: 0, lifetime: undefined, name: 'p'};
    const pod = store.pods.create(wish, simulation.now);
    store.signals.created.emit(pod);
    store.pods.bind(pod, gone, simulation.now);
    leave.after(500, gone);
  });
  const leave = simulation.event('leave', (id: number) =>
    store.nodes.delete(id as never, simulation.now),
  );
  late.after(1000);
  simulation.run(4000);
  measures.finish(4000);
  const rows = rowsOf(measures, 'nodes.csv').map(row => [row.name, row.zone, row.pods_mean]);
  assert.equal(rows[0], ['idle', 'z1', '0.000000']);
  assert.is(rows[1][0], 'late');
  assert.is(figure(measures, 'nodes'), '1');
  // 64 cores for 4000 us and 64 more for 500.
  const share = ratioText(1000 * 3000, 64_000 * 4500);
  assert.is(figure(measures, 'cpu_requested_share_mean'), share);
});

test('the time series shows the values between events', () => {
  const {world, measures} = measuredRun(6);
  for (const row of rowsOf(measures, 'timeseries.csv')) {
    if (row.metric !== 'pending_pods') continue;
    const time = Number(row.time) * 1e6;
    const pending = world.diary.filter(({created, bound, ended}) => {
      return created < time && (bound?.time ?? ended?.time ?? Infinity) >= time;
    });
    assert.is(row.value, String(pending.length), row.time);
  }
});

function emptyWorld() {
  const simulation = new Simulation({seed: 1});
  return {simulation, store: new Store(simulation)};
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
