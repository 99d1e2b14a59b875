// What a scenario announces of its pods, before any has come.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {fragmentationOf} from '../../src/scenario/typical-pods.ts';
import {scenario} from '../timelines/play.ts';

const cluster = `name: typical
duration: 1h
cluster:
  nodes: [{name: n, count: 2, allocatable: {cpu: 8, memory: 32Gi}, gpus: {count: 2, model: V100}}]
`;

/** How many pods are expected that take so much of one free device on a node with these cores. */
async function usable(
  workload: string,
  {cores, documents = ''}: {cores: number; documents?: string},
) {
  const fragmentation = fragmentationOf(await scenario(`${cluster}${workload}${documents}`));
  if (fragmentation === undefined) return undefined;
  const sum = fragmentation.of('V100', cores * 1000, Int32Array.of(1000));
  return {pods: fragmentation.pods, usable: fragmentation.pods - sum / 1000};
}

test('workloads count by how many pods they will make', async () => {
  const workload = `workload:
  - {kind: batch, name: a, count: 30, every: 10m, requests: {cpu: 1}, gpu: 500m}
  - {kind: poisson, name: b, every: 1m, requests: {cpu: 4}, gpu: 1}
  - {kind: uniform, name: c, count: 100, over: 1h, requests: {cpu: 1}}
`;
  // 30 at 0, 10, 20 … 60 minutes, 60 in an hour, and 100.
  assert.equal(await usable(workload, {cores: 4}), {pods: 370, usable: 270});
  assert.equal(await usable(workload, {cores: 3}), {pods: 370, usable: 210});
});

test('each of several requests counts by its weight', async () => {
  const workload = `workload:
  - kind: batch
    name: a
    count: 100
    gpu: 1
    requests: {cpu: {empirical: {values: [1, 2, 3], weights: [1, 2, 1]}}}
`;
  assert.equal(await usable(workload, {cores: 2}), {pods: 100, usable: 75});
});

test('pods and controllers of manifests count by their replicas', async () => {
  const documents = `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec:
  replicas: 3
  selector: {matchLabels: {app: d}}
  template:
    metadata:
      labels: {app: d}
      annotations: {alibabacloud.com/gpu-count: "1", alibabacloud.com/gpu-milli: "1000"}
    spec: {containers: [{name: c, image: i, resources: {requests: {cpu: 1}}}]}
---
apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: c, image: i, resources: {requests: {cpu: 1}}}]}
`;
  assert.equal(await usable('', {cores: 1, documents}), {pods: 4, usable: 3});
});

test('without pods that ask for devices, or nodes that have some, nothing is fragmented', async () => {
  const plain = 'workload: [{kind: batch, name: a, count: 3, requests: {cpu: 1}}]\n';
  assert.is(await usable(plain, {cores: 1}), undefined);
  const bare = `name: typical
duration: 1h
cluster: {nodes: [{name: n, count: 2, allocatable: {cpu: 8, memory: 32Gi}}]}
workload: [{kind: batch, name: a, count: 3, requests: {cpu: 1}, gpu: 1}]
`;
  assert.is(fragmentationOf(await scenario(bare)), undefined);
});

test.run();
