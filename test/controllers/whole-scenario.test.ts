// Laws of controllers among the real scheduler and kubelets, over seeds.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {type BuiltWorld, build} from '../../src/scenario/build.ts';
import type {LoadedScenario} from '../../src/scenario/loaded.ts';
import {scenarioOf} from '../support/busy-scenario.ts';
import {forEachSeed} from '../support/for-each-seed.ts';

const pods = (name: string) => `
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: main, image: "${name}:1", resources: {requests: {cpu: 250m}}}]}`;

const base = await scenarioOf(`
apiVersion: orrery/v1
kind: Scenario
question: Do the controllers keep their promises?
duration: 40m
cluster:
  nodes: [{name: n, count: 4, zones: [a, b], allocatable: {cpu: 4, memory: 16Gi}}]
  kubelet: {lifecycle: detailed}
behaviour:
  - {selector: {matchLabels: {app: sum}}, exitsAfter: {exponential: {mean: 20s}}}
timeline:
  - {at: 3m, do: scale, target: deployment/web, replicas: 9}
  - {at: 6m, do: set-image, target: deployment/web, image: "web:2"}
  - {at: 6m2s, do: scale, target: deployment/web, replicas: 7}
  - {at: 8m, do: set-image, target: daemonset/logs, image: "logs:2"}
  - {at: 12m, do: rollout, target: deployment/web, action: undo}
  - {at: 20m, do: delete, target: deployment/old, cascade: foreground}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 5${pods('web')}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: old}
spec:
  replicas: 3
  strategy: {type: Recreate}${pods('old')}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: logs}
spec:${pods('logs')}
---
apiVersion: batch/v1
kind: Job
metadata: {name: sum}
spec:
  completions: 12
  parallelism: 3
  template:
    metadata: {labels: {app: sum}}
    spec: {restartPolicy: Never, containers: [{name: main, image: "sum:1"}]}
`);

function started(scenario: LoadedScenario): BuiltWorld {
  const world = build(scenario, {plugins: [], replication: 0});
  world.start();
  return world;
}

test('all is as wished in the end, and nothing happens any more', () => {
  forEachSeed(10, seed => {
    const {simulation, store} = started({...base, seed});
    simulation.run(base.duration);
    const images = [...store.pods.all()].flatMap(pod =>
      store.pods.phase(pod) === 'Running'
        ? store.pods.template(pod).spec.containers.map(({image}) => image)
        : [],
    );
    const expected = [...new Array(4).fill('logs:2'), ...new Array(7).fill('web:1')];
    assert.equal(images.sort(), expected);
    const job = store.workloads.id('Job/default/sum');
    const object = job === undefined ? undefined : store.workloads.get(job);
    assert.is(object?.kind === 'Job' && object.status.succeeded, 12);
    assert.is(store.workloads.id('Deployment/default/old'), undefined);
    assert.is(simulation.eventsPending, 0);
  });
});

test('a run saved anywhere and restored elsewhere goes on as if nothing had been', () => {
  forEachSeed(25, seed => {
    const scenario = {...base, seed};
    const whole = started(scenario);
    whole.simulation.run(scenario.duration);
    const first = started(scenario);
    first.simulation.run(scenario.duration, {maxEvents: 40 + 61 * seed});
    const second = build(scenario, {plugins: [], replication: 0});
    second.simulation.restore(structuredClone(first.simulation.save()));
    second.simulation.run(scenario.duration);
    assert.is(second.simulation.eventsHandled, whole.simulation.eventsHandled);
    assert.is(second.simulation.fingerprint, whole.simulation.fingerprint);
  });
});

test.run();
