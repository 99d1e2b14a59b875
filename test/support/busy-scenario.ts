// A small cluster with too much to do: priorities, preemption, affinity, spread, gates, owners,
// endings.

import type {LoadedScenario} from '../../src/scenario/loaded.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {memoryFiles} from '../scenario/memory-files.ts';

async function scenarioOf(text: string, seed = 1): Promise<LoadedScenario> {
  const {scenario, problems} = await readScenarioFrom(
    memoryFiles({'test.yaml': text}),
    'test.yaml',
    {
      seed,
    },
  );
  if (scenario === undefined) throw new Error(problems.map(({message}) => message).join('\n'));
  return scenario;
}

export function busyScenario(seed: number, kubernetes = '1.36'): Promise<LoadedScenario> {
  return scenarioOf(busyText.replace('KUBERNETES', kubernetes), seed);
}

const busyText = `
apiVersion: orrery/v1
kind: Scenario
name: busy
question: Does everything still hold when there is too much to do?
duration: 8m
cluster:
  kubernetes: "KUBERNETES"
  nodes:
    - {name: small, count: 8, zones: [a, b, c], allocatable: {cpu: 4, memory: 8Gi, pods: 8}}
    - name: spot
      count: 3
      zones: [a, b]
      allocatable: {cpu: 8, memory: 16Gi, pods: 12}
      taints: [{key: spot, value: "yes", effect: PreferNoSchedule}]
  controlPlane: {latency: {write: 5ms, watch: 3ms}}
workload:
  - kind: poisson
    name: bulk
    every: 850ms
    lifetime: {exponential: {mean: 70s}}
    requests: {cpu: {empirical: {values: [250m, 1], weights: [1, 1]}}, memory: 512Mi}
  - kind: poisson
    name: urgent
    every: 25s
    lifetime: {exponential: {mean: 60s}}
    requests: {cpu: 2, memory: 2Gi}
    template: {spec: {priorityClassName: urgent, terminationGracePeriodSeconds: 5}}
  - kind: poisson
    name: web
    every: 10s
    lifetime: {exponential: {mean: 90s}}
    owned: {groupsOf: 6}
    requests: {cpu: 500m, memory: 256Mi}
  - kind: poisson
    name: apart
    every: 20s
    lifetime: {exponential: {mean: 100s}}
    requests: {cpu: 100m}
    template:
      metadata: {labels: {app: apart}}
      spec:
        affinity:
          podAntiAffinity:
            requiredDuringSchedulingIgnoredDuringExecution:
              - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: apart}}}
        topologySpreadConstraints:
          - maxSkew: 1
            topologyKey: topology.kubernetes.io/zone
            whenUnsatisfiable: DoNotSchedule
            labelSelector: {matchLabels: {app: apart}}
  - kind: batch
    name: gated
    count: 3
    template: {spec: {schedulingGates: [{name: example.com/wait}]}}
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: urgent}
value: 1000
`;
