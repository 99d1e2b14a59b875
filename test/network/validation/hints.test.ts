// kubernetes-network.md, §2.3, §2.4, target V4: with topology-mode Auto, which numbers of endpoints
// the real EndpointSlice controller can deal out to zones, and whom nodes then choose among.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {NodeId, ServiceId} from '../../../src/objects/ids.ts';
import {Play, scenario} from '../../timelines/play.ts';

// Fewer endpoints than zones are too few whatever the rule says of them.
const rows: [what: string, cpu: number[], infeasible: number[]][] = [
  ['1:1', [8, 8], [1, 3, 5]],
  ['1:1:1', [8, 8, 8], [1, 2, 4, 5, 8, 11]],
  ['2:1:1', [16, 8, 8], [1, 2, 3, 5, 6, 10]],
  ['4:1', [32, 8], [1, 2, 3, 6]],
];

const most = 21;

/** One pod more every minute, from one after the first minute on. */
function growing(cpu: readonly number[], more = '', faults = ''): string {
  const nodes = cpu.map((cores, i) => {
    const zone = 'abc'[i];
    return `{name: ${zone}, count: 1, zones: [${zone}], allocatable: {cpu: ${cores}, memory: 64Gi}}`;
  });
  const scales = Array.from({length: most - 1}, (_, i) => {
    return `{at: ${i + 1}m, do: scale, target: deployment/web, replicas: ${i + 2}}`;
  });
  return `seed: 3
duration: ${most + 10}m
cluster: {nodes: [${nodes}]}
timeline: [${scales}]
${faults}
---
apiVersion: v1
kind: Service
metadata: {name: web, annotations: {service.kubernetes.io/topology-mode: Auto}}
spec: {selector: {app: web}, ports: [{port: 80}] ${more}}
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
}

/** How many endpoints are hinted to each zone; `undefined` where none is. */
function hints({world}: Play): Map<string, number> | undefined {
  const endpoints = [...world.store.endpointSlices.all()].flatMap(([, {endpoints}]) => endpoints);
  const hinted = endpoints.filter(({forZones}) => forZones.length > 0);
  if (hinted.length === 0) return undefined;
  assert.is(hinted.length, endpoints.length, 'all have hints, or none has');
  const counts = new Map<string, number>();
  for (const {forZones} of hinted) {
    assert.is(forZones.length, 1);
    counts.set(forZones[0], 1 + (counts.get(forZones[0]) ?? 0));
  }
  return counts;
}

/** How many endpoints each node chooses among. */
function chosenAmong({world}: Play, nodes: number): number[] {
  return Array.from({length: nodes}, (_, node) => {
    const views = world.network?.views;
    return views?.choices(node as NodeId, 0 as ServiceId, 0, 'internal').targets.length ?? 0;
  });
}

for (const [what, cpu, infeasible] of rows) {
  test(`V4: zones of ${what} get no hints with ${infeasible} endpoints, else enough`, async () => {
    const play = new Play(await scenario(growing(cpu)));
    const total = cpu.reduce((sum, each) => sum + each, 0);
    const without: number[] = [];
    for (let endpoints = 1; endpoints <= most; endpoints++) {
      play.run(endpoints * 60 - 1);
      assert.is(play.ready('web'), endpoints);
      const counts = hints(play);
      if (counts === undefined) {
        without.push(endpoints);
        assert.equal(
          chosenAmong(play, cpu.length),
          cpu.map(() => endpoints),
        );
        continue;
      }
      const found = cpu.map((_, i) => counts.get('abc'[i]) ?? 0);
      for (const [i, count] of found.entries()) {
        const least = Math.ceil((cpu[i] / total) * endpoints * (1 / 1.2));
        assert.ok(count >= least, `${count} of ${endpoints} for ${cpu[i]} cores`);
      }
      assert.equal(chosenAmong(play, cpu.length), found);
    }
    assert.equal(without, infeasible);
  });
}

test('an annotation of the topology beats the field trafficDistribution', async () => {
  const [, cpu] = rows[0];
  const play = new Play(await scenario(growing(cpu, ', trafficDistribution: PreferSameZone')));
  play.run(3 * 60 - 1);
  assert.is(hints(play), undefined, 'three endpoints cannot be dealt out to two equal zones');
  play.run(4 * 60 - 1);
  assert.equal([...(hints(play)?.values() ?? [])], [2, 2]);
});

test('a zone that loses its only node takes all hints away, and gives them back', async () => {
  const [, cpu] = rows[0];
  const faults = 'faults: [{kind: node-crash, node: b-0, at: 400s, lasts: 120s}]';
  const play = new Play(await scenario(growing(cpu, '', faults)));
  play.run(399);
  assert.ok(hints(play) !== undefined);
  play.run(500);
  assert.is(hints(play), undefined);
  play.run((most + 9) * 60);
  assert.is(hints(play)?.size, 2);
});

test.run();
