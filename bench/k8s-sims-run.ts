// One size of k8s-sims as a scenario, and its runs as processes: all pods are created at time zero, in
// the order of the file, and never end; how many have no node after ten minutes?

import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {compiled} from './compiled.ts';
import {nodesFile, podsFile, type Size} from './k8s-sims-sizes.ts';
import {measureProcess, type Usage} from './measured-process.ts';

export type SeededRun = Usage & {readonly pending: number};

// The published runs used an older Kubernetes than 1.36, whose balance formula gives other numbers.
export function k8sSimsScenario(folder: string, {nodes, pods}: Size): string {
  return `apiVersion: orrery/v1
kind: Scenario
name: k8s-sims-${nodes}
question: How many of ${pods} pods find no place on ${nodes} nodes?
duration: 10m
cluster:
  kubernetes: "1.34"
  nodes: [{from: ${JSON.stringify(join(folder, nodesFile))}, first: ${nodes}}]
manifests: [{file: ${JSON.stringify(join(folder, podsFile))}, first: ${pods}}]
`;
}

export function runSeeds(folder: string, size: Size, seeds: readonly number[]): SeededRun[] {
  const program = compiled();
  const temporary = mkdtempSync(join(tmpdir(), 'orrery-k8s-sims-'));
  try {
    const scenario = join(temporary, 'scenario.yaml');
    writeFileSync(scenario, k8sSimsScenario(folder, size));
    return seeds.map(seed => {
      const out = join(temporary, `seed-${seed}`);
      const given = ['run', scenario, '--seed', String(seed), '--quiet', '--out', out];
      const usage = measureProcess(program, given);
      return {...usage, pending: pendingIn(join(out, 'summary.csv'))};
    });
  } finally {
    rmSync(temporary, {recursive: true});
  }
}

function pendingIn(summary: string): number {
  const [, pending] = /,pending_pods,,(\d+),/.exec(readFileSync(summary, 'utf8')) ?? [];
  if (pending === undefined) throw new Error(`no pending_pods in ${summary}`);
  return Number(pending);
}
