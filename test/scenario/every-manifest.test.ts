// Every workload and disruption budget of the manifests in $ORRERY_DATA/manifests runs, or what of
// it is not modelled is named.

import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {minutes} from '../../src/engine/time.ts';
import {readManifests} from '../../src/manifests/read.ts';
import type {WorkloadObject} from '../../src/objects/workload-object.ts';
import {build} from '../../src/scenario/build.ts';
import {scenarioOf} from '../support/busy-scenario.ts';

const folder = join(process.env.ORRERY_DATA ?? '', 'manifests');
const present = process.env.ORRERY_DATA !== undefined && existsSync(folder);
if (!present) console.log('skipped: every manifest; set ORRERY_DATA to the folder of manifests');

const kinds: ReadonlySet<string> = new Set([
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'DaemonSet',
  'Job',
  'CronJob',
  'PodDisruptionBudget',
]);

/** The pods of Jobs end after 20 s. Two classes are in other files than those that name them. */
const cluster = (lifecycle: string): string => `apiVersion: orrery/v1
kind: Scenario
question: Does it run?
duration: 10m
cluster:
  kubelet: {lifecycle: ${lifecycle}}
  nodes: [{name: n, count: 5, allocatable: {cpu: 8, memory: 32Gi}}]
behaviour: [{selector: batch.kubernetes.io/job-name, exitsAfter: 20s}]
---
{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: placeholder}, value: -9}
---
{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: dra-driver-high-priority}, value: 9}
---
`;

const files = present
  ? (readdirSync(folder, {recursive: true}) as string[]).filter(each => /\.ya?ml$/.test(each))
  : [];

let played = 0;
for (const file of files.sort()) {
  const text = readFileSync(join(folder, file), 'utf8');
  const {objects} = readManifests(text, {file});
  if (!objects.some(({kind}) => kinds.has(kind))) continue;
  test(`${file} runs`, async () => {
    for (const lifecycle of ['simple', 'detailed']) await play(text, lifecycle);
  });
  played += objects.filter(({kind}) => kinds.has(kind)).length;
}

async function play(text: string, lifecycle: string): Promise<void> {
  const beginning = /^(#.*\n|\s*\n)*---\n/;
  const scenario = await scenarioOf(`${cluster(lifecycle)}${text.replace(beginning, '')}`);
  const {simulation, store, start} = build(scenario, {plugins: [], replication: 0});
  start();
  simulation.run(minutes(10));
  for (const [, object] of store.workloads.all()) check(object, lifecycle);
  for (const [, {status}] of store.budgets.all()) assert.is(status.observedGeneration, 1);
}

/** Its controller has looked at it; pods that need what is not there may wait. */
function check(object: WorkloadObject, lifecycle: string): void {
  switch (object.kind) {
    case 'Deployment':
    case 'ReplicaSet':
    case 'ReplicationController':
      assert.is(object.status.observedGeneration, object.generation);
      assert.is(object.status.replicas, object.spec.replicas);
      return;
    case 'DaemonSet':
      assert.is(object.status.observedGeneration, object.generation);
      assert.is(object.status.current, object.status.desired);
      return;
    case 'Job':
      assert.ok(object.status.finished !== undefined || object.status.active > 0, object.name);
      return;
    case 'CronJob':
      assert.ok(object.status.lastSchedule !== undefined, `${object.name} ${lifecycle}`);
      return;
    default:
      return;
  }
}

// What these files ask for and does not exist here is told.
const told: [string, string][] = [
  ['kubernetes-website/application/mysql/mysql-deployment.yaml', 'persistentVolumeClaim'],
  ['kubernetes-website/application/zookeeper/zookeeper.yaml', 'StatefulSet'],
  ['kubernetes-website/dra/dra-example-job.yaml', 'resourceClaims'],
];

for (const [file, what] of present ? told : []) {
  test(`${file}: ${what} is told not to be modelled`, () => {
    const {problems} = readManifests(readFileSync(join(folder, file), 'utf8'), {file});
    const found = problems.filter(({message}) => message.startsWith(what));
    assert.is(found.length > 0, true);
    for (const {severity, message} of found) {
      assert.is(severity, 'warning');
      assert.match(message, 'not modelled yet');
    }
  });
}

if (present) {
  test('there are more than a hundred of them', () => assert.ok(played > 100, `${played}`));
}

test.run();
