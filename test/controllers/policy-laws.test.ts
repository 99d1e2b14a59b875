// Budgets, quotas, limit ranges, CronJobs and a namespace that goes, among the real scheduler and
// kubelets, over seeds.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {type BuiltWorld, build} from '../../src/scenario/build.ts';
import type {LoadedScenario} from '../../src/scenario/loaded.ts';
import {scenarioOf} from '../support/busy-scenario.ts';
import {forEachSeed} from '../support/for-each-seed.ts';

const base = await scenarioOf(`
apiVersion: orrery/v1
kind: Scenario
question: Do those who watch over others keep their promises?
duration: 30m
startTime: 2026-03-29T00:50:00Z
cluster:
  nodes: [{name: n, count: 4, zones: [a, b], allocatable: {cpu: 4, memory: 16Gi}}]
  kubelet: {lifecycle: detailed}
behaviour:
  - {selector: sum, exitsAfter: {exponential: {mean: 40s}}, exitCode: 0}
timeline:
  - {at: 5m, do: drain, node: n-0}
  - {at: 9m, do: uncordon, node: n-0}
  - {at: 10m, do: delete, target: namespace/shop}
---
{apiVersion: v1, kind: Namespace, metadata: {name: shop}}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: all}
spec: {hard: {pods: 14, requests.cpu: 6, count/jobs.batch: 3}}
---
apiVersion: v1
kind: LimitRange
metadata: {name: small}
spec: {limits: [{type: Container, defaultRequest: {cpu: 250m}}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 16
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: "web:1"}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: main, image: "web:1"}]}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: sum}
spec:
  schedule: "*/2 * * * *"
  timeZone: Europe/Berlin
  concurrencyPolicy: Replace
  jobTemplate:
    spec:
      parallelism: 2
      completions: 3
      completionMode: Indexed
      backoffLimitPerIndex: 1
      template:
        metadata: {labels: {sum: "1"}}
        spec: {restartPolicy: Never, containers: [{name: main, image: "sum:1"}]}
`);

function started(scenario: LoadedScenario): BuiltWorld {
  const world = build(scenario, {plugins: [], replication: 0});
  world.start();
  return world;
}

test('no namespace has more than it may, and what is deleted is gone', () => {
  forEachSeed(8, seed => {
    const {simulation, store} = started({...base, seed});
    const {pods, workloads} = store;
    store.signals.created.watch(() => {
      const here = [...pods.all()].filter(
        pod => pods.namespace(pod) === 'default' && pods.phase(pod) !== 'Succeeded',
      );
      assert.ok(here.length <= 14, `${here.length} pods at ${simulation.now}`);
      const jobs = [...workloads.all()].filter(([, {kind}]) => kind === 'Job');
      assert.ok(jobs.length <= 3);
    });
    simulation.run(base.duration);
    assert.is(store.namespaces.id('shop'), undefined);
    assert.is([...pods.all()].filter(pod => pods.namespace(pod) === 'shop').length, 0);
    const cron = workloads.id('CronJob/default/sum');
    const object = cron === undefined ? undefined : workloads.get(cron);
    assert.ok(object?.kind === 'CronJob' && object.status.lastSchedule !== undefined);
    const budget = store.budgets.get(0);
    assert.is(budget?.status.expectedPods, 16);
  });
});

test('a run saved anywhere and restored elsewhere goes on as if nothing had been', () => {
  forEachSeed(15, seed => {
    const scenario = {...base, seed};
    const whole = started(scenario);
    whole.simulation.run(scenario.duration);
    const first = started(scenario);
    first.simulation.run(scenario.duration, {maxEvents: 30 + 173 * seed});
    const second = build(scenario, {plugins: [], replication: 0});
    second.simulation.restore(structuredClone(first.simulation.save()));
    second.simulation.run(scenario.duration);
    assert.is(second.simulation.eventsHandled, whole.simulation.eventsHandled);
    assert.is(second.simulation.fingerprint, whole.simulation.fingerprint);
  });
});

test.run();
