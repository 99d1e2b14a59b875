// Laws of what is measured in clusters where machines, containers and releases go wrong by dice.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Measures} from '../../src/metrics/index.ts';
import {build} from '../../src/scenario/build.ts';
import type {LoadedScenario} from '../../src/scenario/loaded.ts';
import {scenarioOf} from '../support/busy-scenario.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {everything, rowsOf} from './over-seeds.ts';

const base = await scenarioOf(`
apiVersion: orrery/v1
kind: Scenario
question: Does what is measured hold together?
duration: 2h
cluster:
  nodes: [{name: n, count: 5, zones: [a, b], allocatable: {cpu: 4, memory: 16Gi}}]
  kubelet: {lifecycle: detailed}
behaviour:
  - {selector: {matchLabels: {app: frail}}, crashesAfter: {exponential: {mean: 20m}}}
timeline:
  - {at: 30m, do: set-image, target: deployment/web, image: "web:2"}
  - {at: 50m, do: drain, node: n-1}
  - {at: 70m, do: uncordon, node: n-1}
  - {at: 90m, do: scale, target: deployment/frail, replicas: 1}
faults:
  - {kind: node-failures, up: {exponential: {mean: 50m}}, down: {exponential: {mean: 8m}}}
  - {kind: registry-outage, at: 29m, lasts: 5m}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: "web:1"}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: frail}
spec:
  replicas: 2
  selector: {matchLabels: {app: frail}}
  template:
    metadata: {labels: {app: frail}}
    spec: {containers: [{name: main, image: "frail:1"}]}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: logs}
spec:
  selector: {matchLabels: {app: logs}}
  template:
    metadata: {labels: {app: logs}}
    spec: {containers: [{name: main, image: "logs:1"}]}
`);

test('outages and downtime of each workload add up, and only the last may be open', () => {
  forEachSeed(8, seed => {
    const {measures} = run({...base, seed});
    const outages = rowsOf(measures, 'outages.csv');
    for (const workload of rowsOf(measures, 'workloads.csv')) {
      const own = outages.filter(({kind, name}) => `${kind}/${name}` === nameOf(workload));
      assert.is(own.length, Number(workload.outages));
      const downtime = own.reduce((sum, {duration}) => sum + Number(duration), 0);
      assert.is(downtime.toFixed(6), workload.downtime);
      assert.ok(own.slice(0, -1).every(({censored}) => censored === 'false'));
    }
  });
});

test('every outage goes back to something that was begun', () => {
  let told = 0;
  forEachSeed(8, seed => {
    const {measures} = run({...base, seed});
    const incidents = new Set(rowsOf(measures, 'incidents.csv').map(({id}) => id));
    for (const outage of rowsOf(measures, 'outages.csv')) {
      assert.ok(incidents.has(outage.incident), JSON.stringify(outage));
      told++;
    }
  });
  assert.ok(told > 20, `only ${told} outages`);
});

test('nothing that is measured changes what happens', () => {
  forEachSeed(4, seed => {
    const {simulation} = run({...base, seed}).world;
    const bare = build({...base, seed}, {plugins: [], replication: 0});
    bare.start();
    bare.simulation.run(base.duration);
    assert.is(bare.simulation.fingerprint, simulation.fingerprint);
  });
});

test('a run that is saved and continued elsewhere measures the same', () => {
  forEachSeed(6, seed => {
    const scenario = {...base, seed};
    const whole = run(scenario);
    const first = measured(scenario);
    first.world.start();
    first.world.simulation.run((base.duration / 7) * (seed % 7));
    const second = measured(scenario);
    second.world.simulation.restore(structuredClone(first.world.simulation.save()));
    second.world.simulation.run(base.duration);
    second.measures.finish(base.duration);
    assert.equal(second.measures.figures(), whole.measures.figures());
    for (const {file} of whole.measures.tables()) {
      assert.equal(rowsOf(second.measures, file), rowsOf(whole.measures, file), file);
    }
    assert.equal(second.measures.troubled, whole.measures.troubled);
  });
});

function nameOf({kind, name}: Record<string, string>): string {
  return `${kind}/${name}`;
}

function measured(scenario: LoadedScenario) {
  const world = build(scenario, {plugins: [], replication: 0});
  return {world, measures: new Measures(world, everything)};
}

function run(scenario: LoadedScenario) {
  const {world, measures} = measured(scenario);
  world.start();
  world.simulation.run(scenario.duration);
  measures.finish(scenario.duration);
  return {world, measures};
}

test.run();
