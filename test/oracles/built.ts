// Scenarios of oracles as worlds: their texts through the reader and the builder of every run.

import {stringify} from 'yaml';
import type {Time} from '../../src/engine/time.ts';
import {build} from '../../src/scenario/build.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {memoryFiles} from '../scenario/memory-files.ts';

export type World = ReturnType<typeof build> & {readonly duration: Time};

type RecordWish = {readonly relativeError: number; readonly waits: boolean};

export async function builtFrom(text: string, requests?: RecordWish): Promise<World> {
  const files = memoryFiles({'oracle.yaml': text});
  const {scenario, problems} = await readScenarioFrom(files, 'oracle.yaml');
  if (scenario === undefined) throw new Error(problems.map(({message}) => message).join('\n'));
  const options = {plugins: [], replication: 0};
  const world = build(scenario, requests === undefined ? options : {...options, requests});
  return {...world, duration: scenario.duration};
}

/** A file of several documents, the scenario first. */
export function written(documents: readonly object[]): string {
  return documents.map(each => stringify(each, {aliasDuplicateObjects: false})).join('---\n');
}

/** What all scenarios say in which nothing takes time but what they are about. */
export function quiet(seed: number, question: string, duration: string) {
  return {
    ...{apiVersion: 'orrery/v1', kind: 'Scenario', seed, question, duration},
    scheduler: {cost: {base: '0s', perNodeFiltered: '0s', perNodeScored: '0s'}},
    results: {pods: false, events: false},
  };
}

/** Room for all pods of a scenario. */
export const allocatable = {cpu: 100_000, memory: '100Ti', pods: 1_000_000};

export const serviceOf = (name: string, more: object = {}): object => ({
  ...{apiVersion: 'v1', kind: 'Service', metadata: {name}},
  spec: {selector: {app: name}, ports: [{port: 80}], ...more},
});

/** One pod on one node, behind the Service of its application. */
export const deploymentOf = (name: string, node: string, app = name): object => ({
  ...{apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name}},
  spec: {
    selector: {matchLabels: {deployment: name}},
    template: {
      metadata: {labels: {app, deployment: name}},
      spec: {
        nodeSelector: {'kubernetes.io/hostname': node},
        containers: [{name: 'main', image: 'app:1'}],
      },
    },
  },
});
