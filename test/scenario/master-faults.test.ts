// Whole clusters whose masters fail in any way: what runs goes on, and all is reconciled when they
// are back.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../src/engine/random.ts';
import {hours, minutes, seconds} from '../../src/engine/time.ts';
import {build} from '../../src/scenario/build.ts';
import type {LoadedScenario} from '../../src/scenario/loaded.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {memoryFiles} from './memory-files.ts';

const seedCount = Number(process.env.ORRERY_LAW_SEEDS ?? 20);

type Wishes = {
  readonly seed?: number;
  readonly masters?: number;
  readonly controlPlane?: string;
  readonly nodes?: number;
  readonly faults?: readonly string[];
  readonly timeline?: readonly string[];
};

async function read({seed = 1, masters = 3, nodes = 6, faults = [], ...rest}: Wishes) {
  const {timeline = [], controlPlane = `{masters: ${masters}}`} = rest;
  const text = `
apiVersion: orrery/v1
kind: Scenario
question: Does everything come back?
seed: ${seed}
duration: 2h
cluster:
  controlPlane: ${controlPlane}
  nodes: [{name: n, count: ${nodes}, allocatable: {cpu: ${24 / nodes}, memory: 64Gi, pods: 50}}]
timeline: [${timeline.join(', ')}]
faults: [${faults.join(', ')}]
workload:
  - kind: poisson
    name: tasks
    every: 20s
    lifetime: {exponential: {mean: 60s}}
    requests: {cpu: 200m, memory: 64Mi}
---
${['web', 'shop'].map(manifest).join('---\n')}`;
  const {scenario, problems} = await readScenarioFrom(memoryFiles({'a.yaml': text}), 'a.yaml');
  if (scenario === undefined) throw new Error(problems.map(({message}) => message).join('\n'));
  return scenario;
}

const manifest = (name: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: 6
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - {name: main, image: shop/web:1, resources: {requests: {cpu: 500m, memory: 1Gi}}}
`;

function begun(scenario: LoadedScenario) {
  const world = build(scenario, {plugins: [], replication: 0});
  world.start();
  return world;
}

type World = ReturnType<typeof begun>;

/** Pods whose containers run, whatever the API says. */
function running({store, machines}: World): number {
  return [...store.nodes.all()].reduce((sum, [node]) => sum + machines.running(node), 0);
}

function ready({store: {pods}}: World): number {
  return [...pods.all()].filter(pod => pods.ready(pod)).length;
}

/** Over the first hour, all over by the end of it. */
function randomFaults(seed: number, masters: number): string[] {
  const dice = new RandomStream(`${seed}`);
  const any = (from: number, to: number) => Math.floor(dice.uniform(from, to));
  const master = () => `master-${any(0, masters)}`;
  const when = () => `at: ${any(60, 3000)}s, lasts: ${any(1, 600)}s`;
  const kinds = [
    () => `{kind: master-loss, name: N, master: ${master()}, ${when()}}`,
    () => `{kind: api-server-crash, name: N, master: ${master()}, ${when()}}`,
    () => `{kind: etcd-member-loss, name: N, member: leader, ${when()}}`,
    () => `{kind: etcd-member-loss, name: N, member: majority, ${when()}}`,
    () => `{kind: node-crash, name: N, node: n-${any(0, 6)}, ${when()}}`,
    () => `{kind: node-unreachable, name: N, node: n-${any(0, 6)}, ${when()}}`,
    () => `{kind: leader-crash, name: N, component: kube-scheduler, at: ${any(60, 3000)}s}`,
    () =>
      `{kind: leader-crash, name: N, component: kube-controller-manager, at: ${any(60, 3000)}s}`,
  ];
  return Array.from({length: 8}, (_, i) => kinds[any(0, kinds.length)]().replace('N', `f${i}`));
}

/** What people ask for meanwhile. */
function randomTimeline(seed: number): string[] {
  const dice = new RandomStream(`t${seed}`);
  const at = (from: number, to: number) => `at: ${Math.floor(dice.uniform(from, to))}s`;
  const size = () => 1 + Math.floor(dice.uniform(0, 8));
  return [
    ...Array.from({length: 4}, () => {
      return `{do: scale, target: deployment/web, replicas: ${size()}, ${at(60, 3600)}}`;
    }),
    `{do: set-image, target: deployment/shop, image: "shop/web:2", ${at(60, 3600)}}`,
    `{do: rollout, action: restart, target: deployment/web, ${at(60, 3600)}}`,
    `{do: snapshot-etcd, name: copy, ${at(60, 1800)}}`,
    ...(dice.uniform() < 0.5 ? [`{do: restore-etcd, from: copy, ${at(1800, 3600)}}`] : []),
  ];
}

const mastersOf = (seed: number) => 1 + 2 * (seed % 3);

async function randomScenario(seed: number): Promise<LoadedScenario> {
  const masters = mastersOf(seed);
  const timeline = randomTimeline(seed);
  return read({seed, masters, timeline, faults: randomFaults(seed, masters)});
}

const scenarios = await Promise.all(
  Array.from({length: seedCount}, (_, i) => randomScenario(i + 1)),
);

test('whatever becomes of the masters, every workload has its pods in the end', () => {
  forEachSeed(seedCount, seed => {
    const world = begun(scenarios[seed - 1]);
    world.simulation.run(hours(2));
    const {workloads, pods} = world.store;
    for (const [id, object] of workloads.all()) {
      if (object.kind === 'Deployment') {
        assert.is(object.status.availableReplicas, object.spec.replicas, object.name);
      }
      if (object.kind !== 'ReplicaSet') continue;
      const own = [...pods.all()].filter(pod => pods.owner(pod) === id);
      assert.is(own.length, object.spec.replicas, object.name);
      assert.ok(own.every(pod => pods.ready(pod)));
    }
  });
});

test('what runs on a node is what the API holds, once all is quiet', () => {
  forEachSeed(seedCount, seed => {
    const world = begun(scenarios[seed - 1]);
    world.simulation.run(hours(2));
    const {nodes, pods} = world.store;
    for (const [node] of nodes.all()) {
      const here = [...pods.all()].filter(pod => pods.node(pod) === node);
      const known = new Set(here.map(pod => pods.serial(pod)));
      const running = [...world.machines.pods(node)];
      assert.ok(running.every(serial => known.has(serial)));
      // Tasks come and go still; what a Deployment wants stays.
      const stays = here.filter(pod => pods.owner(pod) !== undefined && pods.ready(pod));
      assert.ok(stays.every(pod => running.includes(pods.serial(pod))));
    }
  });
});

test('a run saved while masters are lost goes on identically', () => {
  forEachSeed(Math.min(seedCount, 10), seed => {
    const whole = begun(scenarios[seed - 1]);
    whole.simulation.run(hours(2));
    const first = begun(scenarios[seed - 1]);
    first.simulation.run(seconds(1000 + 150 * seed));
    const second = build(scenarios[seed - 1], {plugins: [], replication: 0});
    second.simulation.restore(structuredClone(first.simulation.save()));
    second.simulation.run(hours(2));
    assert.is(second.simulation.fingerprint, whole.simulation.fingerprint);
  });
});

for (const leaderElection of [true, false]) {
  const how = leaderElection ? 'after its old lease' : 'at once';
  test(`one machine for everything comes back as it was, its leaders ${how}`, async () => {
    const faults = ['{kind: node-crash, node: n-0, at: 10m, lasts: 5m}'];
    const controlPlane = `{on: [n-0], leaderElection: ${leaderElection}}`;
    const world = begun(await read({nodes: 1, controlPlane, faults}));
    world.simulation.run(minutes(14));
    assert.is(running(world), 0);
    const due = minutes(15) + seconds(leaderElection ? 90 : 60);
    let first = Infinity;
    world.store.signals.scheduled.watch(() => {
      first = Math.min(first, world.simulation.now);
    });
    world.simulation.run(minutes(40));
    assert.ok(first > minutes(15) && first < due, `${first}`);
    assert.ok(ready(world) >= 12);
  });
}

test('pods run on while there is no master at all, and nothing new is bound', async () => {
  const faults = ['{kind: master-loss, master: master-0, at: 10m, lasts: 30m}'];
  const world = begun(await read({masters: 1, faults}));
  const {signals} = world.store;
  let news = 0;
  for (const signal of [signals.created, signals.scheduled, signals.started]) {
    signal.watch(() => news++);
  }
  world.simulation.run(minutes(11));
  const [before, known] = [running(world), news];
  assert.ok(before >= 12);
  world.simulation.run(minutes(40));
  assert.is(news, known);
  // The tasks have ended, which nobody could be told.
  assert.is(running(world), 12);
  assert.ok(ready(world) >= before);
  world.simulation.run(minutes(60));
  assert.ok(news > known);
});

test.run();
