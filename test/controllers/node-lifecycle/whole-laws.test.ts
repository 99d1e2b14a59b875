// Laws of lost nodes among the real scheduler, kubelets and faults, over seeds.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {minutes} from '../../../src/engine/time.ts';
import {type BuiltWorld, build} from '../../../src/scenario/build.ts';
import type {LoadedScenario} from '../../../src/scenario/loaded.ts';
import {scenarioOf} from '../../support/busy-scenario.ts';
import {forEachSeed} from '../../support/for-each-seed.ts';

const pods = (name: string) => `
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: main, image: "${name}:1", resources: {requests: {cpu: 250m}}}]}`;

function scenario(lifecycle: string): Promise<LoadedScenario> {
  return scenarioOf(`
apiVersion: orrery/v1
kind: Scenario
question: Is all as wished once no node fails any more?
duration: 90m
cluster:
  nodes: [{name: n, count: 6, zones: [a, b], allocatable: {cpu: 4, memory: 16Gi}}]
  kubelet: {lifecycle: ${lifecycle}}
  apiServer: {defaultNotReadyTolerationSeconds: 60, defaultUnreachableTolerationSeconds: 60}
faults:
  - {kind: node-crash, node: {pool: n}, until: 1h,
     up: {exponential: {mean: 12m}}, down: {exponential: {mean: 3m}}}
  - {kind: node-unreachable, node: n-2, at: 20m, lasts: 5m}
  - {kind: kubelet-stop, node: n-4, at: 30m, lasts: 5m}
timeline:
  - {at: 10m, do: scale, target: deployment/web, replicas: 9}
  - {at: 40m, do: set-image, target: deployment/web, image: "web:2"}
  - {at: 50m, do: cordon, node: n-5}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 6${pods('web')}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: logs}
spec:${pods('logs')}
`);
}

function built(loaded: LoadedScenario, seed: number): BuiltWorld {
  return build({...loaded, seed}, {plugins: [], replication: 0});
}

for (const lifecycle of ['simple', 'detailed']) {
  const loaded = await scenario(lifecycle);

  test(`${lifecycle}: all is as wished in the end, and nothing happens any more`, () => {
    forEachSeed(6, seed => {
      const world = built(loaded, seed);
      world.start();
      world.simulation.run(loaded.duration);
      const {store, simulation} = world;
      const names = [...store.pods.all()].map(pod => {
        assert.ok(store.pods.ready(pod) && !store.pods.terminating(pod), store.pods.name(pod));
        return store.pods.template(pod).spec.containers[0].image;
      });
      assert.equal(names.sort(), [...Array(6).fill('logs:1'), ...Array(9).fill('web:2')]);
      const taints = [...store.nodes.all()].map(([, node]) => node.taints.map(({key}) => key));
      const cordoned = ['node.kubernetes.io/unschedulable'];
      assert.equal(taints, [[], [], [], [], [], cordoned]);
      assert.is(simulation.eventsPending, 0);
    });
  });

  test(`${lifecycle}: a run saved anywhere and restored elsewhere goes on the same`, () => {
    forEachSeed(6, seed => {
      const whole = built(loaded, seed);
      whole.start();
      whole.simulation.run(minutes(60));
      const first = built(loaded, seed);
      first.start();
      first.simulation.run(minutes(60), {maxEvents: 150 + 97 * seed});
      const second = built(loaded, seed);
      second.simulation.restore(structuredClone(first.simulation.save()));
      second.simulation.run(minutes(60));
      assert.is(second.simulation.fingerprint, whole.simulation.fingerprint);
    });
  });
}

test.run();
