import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {ratioText} from '../../../src/metrics/figures.ts';
import {Measures} from '../../../src/metrics/index.ts';
import type {NodeId, PodId} from '../../../src/objects/ids.ts';
import {type DiaryEntry, emptyWorld, node, prices, template} from '../fake-world.ts';
import {everything, figure, measuredRun, overSeeds, rowsOf} from '../over-seeds.ts';

const nodes = ['a', 'b', 'c'];

test('each class waits as the pods in it do', () => {
  overSeeds(8, seed => {
    const {world, measures, end} = measuredRun(seed);
    const rows = rowsOf(measures, 'classes.csv').filter(({kind}) => kind === 'priority');
    assert.equal(
      rows.map(row => row.class),
      ['2', '1', '0'],
    );
    for (const row of rows) {
      const own = world.diary.filter(({template}) => priorityOf(template) === Number(row.class));
      const waited = own.map(entry => (entry.bound ?? entry.ended)?.time ?? end);
      const pending = own.reduce((sum, {created}, i) => sum + waited[i] - created, 0);
      const bound = own.filter(({bound}) => bound !== undefined);
      const latencies = own.flatMap(({latency}) => latency ?? []);
      const latency = BigInt(latencies.reduce((sum, one) => sum + one, 0));
      assert.equal(
        [row.pods_created, row.pods_scheduled, row.pods_unscheduled],
        [own.length, bound.length, own.length - bound.length].map(String),
      );
      assert.is(row.pending_pod_seconds, ratioText(pending, 1_000_000));
      assert.is(row.scheduling_latency_mean, ratioText(latency, latencies.length * 1_000_000));
      const preempted = own.filter(({ended}) => ended?.outcome === 'preempted');
      assert.is(row.preemptions, String(preempted.length));
    }
  });
});

test('a kind of which there is one class adds no figures, for they are those of all pods', () => {
  const {measures} = measuredRun(2);
  const objects = measures.figures().map(({object}) => object);
  assert.ok(objects.includes('priority/0'));
  // All pods of the fake world are burstable and ask for no device.
  assert.not(objects.some(object => /^(qos|gpu)/.test(object)));
  const kinds = rowsOf(measures, 'classes.csv').map(row => `${row.kind}/${row.class}`);
  assert.equal(kinds.slice(3), ['qos/Burstable', 'gpu/none']);
});

test('owners get what their bound pods hold of what they asked for', () => {
  overSeeds(8, seed => {
    const {world, measures, end} = measuredRun(seed);
    const rows = rowsOf(measures, 'claimants.csv').filter(({kind}) => kind === 'owner');
    assert.equal(
      rows.map(({claimant}) => claimant),
      ['Job/default/batch', 'ReplicaSet/default/web'],
    );
    const satisfactions = rows.map(({claimant}) => {
      const own = world.diary.filter(({template}) => claimant.startsWith(ownerKind(template)));
      const asked = total(own, end, ({created}) => created);
      const got = total(own, end, ({bound}) => bound?.time);
      const row = rows.find(one => one.claimant === claimant);
      assert.is(row?.cpu_asked, ratioText(asked, coreHour));
      assert.is(row?.cpu_got, ratioText(got, coreHour));
      return Number(got) / Number(asked);
    });
    const [one, other] = satisfactions;
    const jain = (one + other) ** 2 / (2 * (one ** 2 + other ** 2));
    assert.is(figure(measures, 'fairness_jain', 'owners'), jain.toFixed(6));
  });
});

test('density is what is requested on the nodes in use over what they have', () => {
  overSeeds(8, seed => {
    const {world, measures, end} = measuredRun(seed);
    const inUse = nodes.map(name => timeInUse(world.diary, name, end));
    const all = inUse.reduce((sum, time) => sum + time, 0);
    const requested = total(world.diary, end, ({bound}) => bound?.time);
    assert.is(figure(measures, 'packing_cpu'), ratioText(requested, BigInt(all) * 64_000n));
    assert.is(figure(measures, 'nodes_used_mean'), ratioText(all, end));
  });
});

test('nodes cost their price while they exist, and while they are in use', () => {
  overSeeds(8, seed => {
    const {world, measures, end} = measuredRun(seed);
    const millionths = (name: string) => Number(prices.get(name)) * 1e6;
    const hour = 3600e6 * 1e6;
    const whole = nodes.reduce((sum, name) => sum + end * millionths(name), 0);
    const used = nodes.reduce(
      (sum, name) => sum + timeInUse(world.diary, name, end) * millionths(name),
      0,
    );
    assert.is(figure(measures, 'cost_total'), ratioText(whole, hour));
    assert.is(figure(measures, 'cost_used'), ratioText(used, hour));
    const pods = total(
      world.diary,
      end,
      ({bound}) => bound?.time,
      () => 1,
    );
    assert.is(figure(measures, 'cost_per_pod_hour'), ratioText(BigInt(used), pods * 1_000_000n));
  });
});

test('a node that is gone costs nothing, and DaemonSets alone do not use a node', () => {
  const world = emptyWorld();
  const {simulation, store} = world;
  const annotations = new Map([['orrery/price', '3.6']]);
  store.nodes.add({...node('a'), annotations}, 0);
  store.nodes.add({...node('b'), annotations}, 0);
  const measures = new Measures(world, everything);
  const daemon = template(100, 1, {kind: 'DaemonSet', name: 'logs'});
  const act = simulation.event('act', (step: number) => steps[step]());
  const steps = [
    () => place(daemon, 'logs-a', 0),
    () => place(template(6400, 2 ** 30), 'web', 1),
    () => store.nodes.delete(0 as NodeId, simulation.now),
  ];
  for (const step of steps.keys()) act.at((step + 1) * 1e6, step);
  simulation.run(10e6);
  measures.finish(10e6);
  // A thousandth a second: 3 s of one, 10 s of the other, of which 8 s in use.
  assert.is(figure(measures, 'cost_total'), '0.013000');
  assert.is(figure(measures, 'cost_used'), '0.008000');
  assert.is(figure(measures, 'nodes_used_mean'), '0.800000');
  assert.is(figure(measures, 'packing_cpu'), '0.100000');

  function place(of: typeof daemon, name: string, on: number): void {
    const {now} = simulation;
    const pod = store.pods.create({name, template: of, priority: 0, lifetime: undefined}, now);
    store.signals.created.emit(pod);
    store.pods.bind(pod as PodId, on as NodeId, now);
  }
});

test('without prices nothing is said of costs, and unless asked nothing of classes', () => {
  const world = emptyWorld();
  world.store.nodes.add(node('a'), 0);
  const measures = new Measures(world, {...everything, strategies: false});
  world.simulation.run(1e6);
  measures.finish(1e6);
  const said = measures.figures().filter(({metric}) => /^(cost|packing|fairness)/.test(metric));
  assert.equal(said, []);
  assert.not(measures.tables().some(({file}) => file === 'classes.csv'));
});

const coreHour = 1000n * 3_600_000_000n;

function cpuOf({template}: DiaryEntry): number {
  return template.spec.containers[0].requests.get('cpu') ?? 0;
}

/** Amounts times microseconds, of each pod from a moment until its end. */
function total(
  entries: readonly DiaryEntry[],
  end: number,
  from: (entry: DiaryEntry) => number | undefined,
  amount = cpuOf,
): bigint {
  return entries.reduce((sum, entry) => {
    const start = from(entry);
    if (start === undefined) return sum;
    return sum + BigInt(amount(entry)) * BigInt((entry.ended?.time ?? end) - start);
  }, 0n);
}

/** The union of its pods' times on it. */
function timeInUse(diary: readonly DiaryEntry[], name: string, end: number): number {
  const spells = diary
    .flatMap(({bound, ended}) =>
      bound?.node === name ? [{from: bound.time, to: ended?.time ?? end}] : [],
    )
    .sort((one, other) => one.from - other.from);
  let time = 0;
  let until = 0;
  for (const {from, to} of spells) {
    time += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return time;
}

/** The fake world gives each of its three templates a priority, in order. */
function priorityOf(of: DiaryEntry['template']): number {
  return [500, 4000, 250].indexOf(of.spec.containers[0].requests.get('cpu') ?? 0);
}

function ownerKind({owner}: DiaryEntry['template']): string {
  return owner?.kind ?? '-';
}

test.run();
