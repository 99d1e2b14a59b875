// A cluster as kubectl dumps it: objects that controllers made are there beside those they follow
// from.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {minutes} from '../../src/engine/time.ts';
import {build} from '../../src/scenario/build.ts';
import {scenarioOf} from '../support/busy-scenario.ts';

const template = (labels: string) =>
  `{metadata: {labels: {${labels}}}, spec: {containers: [{name: main, image: "web:1"}]}}`;
const hash = 'app: web, pod-template-hash: abc';
const ownedBy = (kind: string, name: string) =>
  `ownerReferences: [{apiVersion: apps/v1, kind: ${kind}, name: ${name}, uid: u, controller: true}]`;

const pod = (name: string) => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {${hash}}, ${ownedBy('ReplicaSet', 'web-abc')}}
spec: {nodeName: n-0, containers: [{name: main, image: "web:1"}]}`;

const dump = [
  pod('web-abc-1'),
  pod('web-abc-2'),
  `
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web-abc, labels: {${hash}}, ${ownedBy('Deployment', 'web')}}
spec: {replicas: 3, selector: {matchLabels: {${hash}}}, template: ${template(hash)}}`,
  `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {replicas: 3, selector: {matchLabels: {app: web}}, template: ${template('app: web')}}`,
];

test('controllers take up what they made before, and make only what is missing', async () => {
  const scenario = await scenarioOf(`
apiVersion: orrery/v1
kind: Scenario
question: Does the cluster go on where it was?
duration: 10m
cluster: {nodes: [{name: n, count: 2, allocatable: {cpu: 4, memory: 8Gi}}]}
---${dump.join('\n---')}
`);
  const {simulation, store, start} = build(scenario, {plugins: [], replication: 0});
  start();
  simulation.run(minutes(10));
  const names = [...store.pods.all()].map(each => store.pods.name(each));
  assert.is(names.length, 3);
  assert.equal(names.slice(0, 2), ['web-abc-1', 'web-abc-2']);
  assert.match(names[2], /^web-abc-.{5}$/);
  assert.is([...store.workloads.all()].length, 2);
});

test.run();
