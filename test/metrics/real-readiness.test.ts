// Readiness among the real parts: what the API says, and what runs on the machines.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Census} from '../../src/metrics/census.ts';
import {build} from '../../src/scenario/build.ts';
import {simulate} from '../../src/scenario/simulate.ts';
import {scenarioOf} from '../support/busy-scenario.ts';
import {forEachSeed} from '../support/for-each-seed.ts';

type Options = {
  readonly lifecycle: 'simple' | 'detailed';
  readonly kubelet?: string;
  readonly controlPlane?: string;
  readonly faults: string;
};

const scenario = ({lifecycle, kubelet = '', controlPlane = '', faults}: Options) => `
apiVersion: orrery/v1
kind: Scenario
question: Is a replica ready while it really is?
duration: 30m
cluster:
  nodes: [{name: n, count: 3, allocatable: {cpu: 4, memory: 16Gi}}]
  kubelet: {lifecycle: ${lifecycle}${kubelet}}
${controlPlane}
faults: [${faults}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: "web:1"}]}
`;

const reboot = '{kind: node-reboot, node: {percent: 100}, at: 10m, downtime: 10s}';
const noDelay = '  controlPlane: {latency: none}';
const noTime = ', boot: 0s, podStart: 0s';

// A reboot that nobody notices: kubelet, control plane, and how long the outage is, in seconds.
const unnoticed: readonly [what: string, Omit<Options, 'faults'>, from: number, to: number][] = [
  ['simple', {lifecycle: 'simple', kubelet: ', boot: 10s'}, 20, 22],
  ['detailed', {lifecycle: 'detailed', kubelet: ', boot: 10s'}, 20, 25],
  ['simple, no delays', {lifecycle: 'simple', kubelet: noTime, controlPlane: noDelay}, 10, 10],
  [
    'detailed, no delays',
    {lifecycle: 'detailed', kubelet: ', boot: 0s', controlPlane: noDelay},
    10,
    14,
  ],
];

for (const [what, options, from, to] of unnoticed) {
  test(`a reboot that nobody notices is one outage as long as it is: ${what}`, async () => {
    const {outages, incidents, workloads} = await tablesOf({...options, faults: reboot});
    const [outage, ...others] = outages;
    assert.equal(others, []);
    assert.is(outage.start, '600.000000');
    const duration = Number(outage.duration);
    assert.ok(duration >= from && duration <= to, `down for ${duration} s`);
    assert.is(workloads[0].downtime, outage.duration);
    assert.ok(Number(outage.detected) > 600 && Number(outage.detected) <= 600 + duration);
    const hit = incidents.filter(({pods}) => pods !== '0');
    assert.equal(
      hit.map(({pods, workloads_down, recovered}) => [pods, workloads_down, recovered]),
      [['1', '1', outage.end]],
    );
  });
}

test('a container that crashes is an outage from then on', async () => {
  const faults = '{kind: container-crash, pod: deployment/web, at: 10m}';
  const {outages} = await tablesOf({lifecycle: 'detailed', faults});
  assert.is(outages[0].start, '600.000000');
  assert.ok(outages[0].detected > '600.000000');
});

test('a node that is cut off runs its pods on: they are lost when the API says so', async () => {
  const faults = '{kind: node-unreachable, node: {percent: 100}, at: 10m, lasts: 2m}';
  const {outages} = await tablesOf({lifecycle: 'detailed', faults});
  assert.ok(Number(outages[0].start) >= 640, outages[0].start);
  assert.is(outages[0].detected, outages[0].start);
});

for (const lifecycle of ['simple', 'detailed'] as const) {
  test(`ready is what the API shows and a machine runs: ${lifecycle}`, async () => {
    const faults =
      '{kind: node-failures, up: {exponential: {mean: 3m}}, down: {exponential: {mean: 40s}}}, ' +
      '{kind: kubelet-stop, node: n-1, at: 5m, lasts: 10m}';
    const loaded = await scenarioOf(
      scenario({lifecycle, faults}).replace('replicas: 1', 'replicas: 6'),
    );
    let differed = 0;
    forEachSeed(6, seed => {
      const world = build({...loaded, seed}, {plugins: [], replication: 0});
      const {simulation, store, machines} = world;
      const census = new Census(world);
      simulation.sampler(777_777, () => {
        for (const pod of store.pods.all()) {
          const node = store.pods.node(pod);
          if (node === undefined || store.pods.terminating(pod)) continue;
          const runs = [...machines.pods(node)].includes(store.pods.serial(pod));
          assert.is(census.isReady(pod), store.pods.ready(pod) && runs);
          if (store.pods.ready(pod) && !runs) differed++;
        }
      });
      world.start();
      simulation.run(loaded.duration);
    });
    assert.ok(differed > 100, `only ${differed} differed`);
  });
}

async function tablesOf(options: Options) {
  const {tables} = await simulate(await scenarioOf(scenario(options)));
  const rows = (file: string) => {
    const table = tables.find(one => one.file === file);
    if (table === undefined) throw new Error(`no ${file}`);
    return [...table.rows()].map(row =>
      Object.fromEntries(table.columns.map((column, i) => [column, String(row[i] ?? '')])),
    );
  };
  return {
    outages: rows('outages.csv'),
    incidents: rows('incidents.csv'),
    workloads: rows('workloads.csv'),
  };
}

test.run();
