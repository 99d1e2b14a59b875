// Rolling updates in which every new pod is available exactly one hour after its creation, and
// nothing else takes any time worth mentioning.

import {hours, minutes, type Time} from '../../src/engine/time.ts';
import type {PodId} from '../../src/objects/ids.ts';
import {build} from '../../src/scenario/build.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {memoryFiles} from '../scenario/memory-files.ts';
import type {FamilyGroup} from './families.ts';
import {exact, type Figure} from './figure.ts';
import {type Oracle, parameter} from './oracle-file.ts';

const begin = hours(2);

export const rolloutFamily: FamilyGroup = {
  names: ['rollout'],
  figures: ({oracle}) => rolloutFigures(oracle),
  scenarios: ({oracle}) => [scenarioText(oracle)],
};

async function rolloutFigures(oracle: Oracle): Promise<readonly Figure[]> {
  const replicas = parameter(oracle, 'n');
  const {steps, completed} = await play(scenarioText(oracle));
  const waves = (completed - begin) / hours(1);
  const availableAt = (time: Time) => steps.findLast(step => step.time <= time)?.available ?? 0;
  const wave = Array.from({length: Math.round(waves)}, (_, i) =>
    availableAt(begin + i * hours(1) + minutes(30)),
  );
  const lost = integral(steps, completed, available => Math.max(0, replicas - available));
  const measured: Record<string, number | readonly number[]> = {
    waves: Math.round(waves),
    durationInR: waves,
    availableDuringWave: wave,
    minAvailable: Math.min(...wave),
    lostPodTimeInR: lost / hours(1),
  };
  return Object.entries(oracle.expected).flatMap(([name, expected]) => {
    const found = measured[name];
    if (expected === null || found === undefined) return [];
    const [wanted, got] = [[expected].flat(), [found].flat()];
    return wanted.map((value, i) =>
      exact(wanted.length > 1 ? `${name} ${i + 1}` : name, Number(value), got[i] ?? Number.NaN),
    );
  });
}

type Step = {readonly time: Time; readonly available: number};

async function play(text: string): Promise<{steps: Step[]; completed: Time}> {
  const files = memoryFiles({'oracle.yaml': text});
  const {scenario, problems} = await readScenarioFrom(files, 'oracle.yaml');
  if (scenario === undefined) throw new Error(problems.map(({message}) => message).join('\n'));
  const {simulation, store, start} = build(scenario, {plugins: [], replication: 0});
  const available = new Set<PodId>();
  const steps: Step[] = [];
  let completed = 0;
  const note = () => steps.push({time: simulation.now, available: available.size});
  const drop = (pod: PodId) => available.delete(pod) && note();
  store.signals.ready.watch(pod => {
    available.add(pod);
    note();
  });
  store.signals.unready.watch(drop);
  store.signals.terminating.watch(drop);
  store.signals.deleted.watch(drop);
  store.workloadSignals.rolloutCompleted.watch(() => {
    completed = simulation.now;
  });
  start();
  simulation.run(scenario.duration);
  return {steps, completed};
}

/** From the beginning of the rollout to `end`. */
function integral(steps: readonly Step[], end: Time, of: (available: number) => number): number {
  let sum = 0;
  for (const [i, {time, available}] of steps.entries()) {
    const until = Math.min(end, steps[i + 1]?.time ?? end);
    if (until > begin) sum += of(available) * (until - Math.max(begin, time));
  }
  return sum;
}

function scenarioText(oracle: Oracle): string {
  const [replicas, surge, unavailable] = ['n', 'maxSurge', 'maxUnavailable'].map(name =>
    parameter(oracle, name),
  );
  return `
apiVersion: orrery/v1
kind: Scenario
question: How does a rolling update of ${replicas} replicas go by theory?
duration: ${replicas + 4}h
cluster:
  nodes: [{name: n, count: 10, allocatable: {cpu: 64, memory: 64Gi, pods: ${2 * replicas + 10}}}]
  controlPlane: {latency: none}
  kubelet: {lifecycle: simple, podStart: 1h}
scheduler: {cost: {base: 0s, perNodeFiltered: 0s, perNodeScored: 0s}}
timeline: [{at: ${begin / hours(1)}h, do: set-image, target: deployment/web, image: 'web:2'}]
results: {pods: false, events: false}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  progressDeadlineSeconds: 100000
  selector: {matchLabels: {app: web}}
  strategy: {rollingUpdate: {maxSurge: ${surge}, maxUnavailable: ${unavailable}}}
  template:
    metadata: {labels: {app: web}}
    spec: {terminationGracePeriodSeconds: 1, containers: [{name: main, image: 'web:1'}]}
`;
}
