// Plays the experiment: every pod list under every policy, as variants of one scenario.

import {existsSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {playPlan} from '../../src/experiment/play-plan.ts';
import {readPlan} from '../../src/experiment/read-plan.ts';
import {hasErrors} from '../../src/options/problem.ts';
import {type Published, publishedMeans} from '../oracles/fgd/openb.ts';
import type {Cell} from './cell.ts';

/** Ready-made profiles by the paper's names, in the order of what they allocate. */
export const profiles = {
  Random: 'random',
  DotProd: 'dot-product',
  GpuClustering: 'gpu-clustering',
  GpuPacking: 'gpu-packing',
  BestFit: 'best-fit',
  FGD: 'fragmentation-gradient',
} as const;

export type Policy = keyof typeof profiles;
export const policies = Object.keys(profiles) as Policy[];

export const scenarioFile = fileURLToPath(new URL('../../scenarios/fgd/fgd.yaml', import.meta.url));

export type Reproduction = {
  /** With the node list and the pod lists. */
  readonly folder: string;
  readonly lists: readonly string[];
  readonly policies: readonly Policy[];
  readonly replications: number;
  readonly workers: number;
  readonly onProgress?: (done: number, total: number) => void;
};

/** List by list, in the order of the policies. */
export async function playCells(wanted: Reproduction): Promise<Cell[]> {
  const {folder, lists, policies, replications, workers, onProgress} = wanted;
  const files = lists.map(list => join(folder, podList(list)));
  const {plan, problems} = await readPlan({
    file: scenarioFile,
    vary: [
      `workload[0].pods=${files.join()}`,
      `scheduler.profile=${policies.map(policy => profiles[policy]).join()}`,
    ],
    replications,
    read: {set: [`cluster.nodes[0].from=${join(folder, 'openb_node_list_gpu_node.csv')}`]},
  });
  if (plan === undefined || hasErrors(problems)) {
    throw new Error(problems.map(({message}) => message).join('\n'));
  }
  const {observations, failure} = await playPlan(plan, {
    workers,
    onProgress: ({done, total}) => onProgress?.(done, total),
  });
  if (failure !== undefined) throw new Error(failure.wrong);
  return plan.variants.map(({index}) => ({
    list: lists[Math.floor(index / policies.length)],
    policy: policies[index % policies.length],
    runs: observations.filter(({variant}) => variant === index),
  }));
}

/** Those in the folder, `default` first. */
export function listsIn(folder: string): string[] {
  const lists = readdirSync(folder).flatMap(name => {
    const match = /^openb_pod_list_(.+)\.csv$/.exec(name);
    return match === null ? [] : [match[1]];
  });
  const others = lists.filter(list => list !== 'default').sort();
  return lists.includes('default') ? ['default', ...others] : others;
}

export function publishedIn(folder: string): Map<string, Published> {
  return existsSync(join(folder, 'published-fgd.csv')) ? publishedMeans(folder) : new Map();
}

function podList(list: string): string {
  return `openb_pod_list_${list}.csv`;
}
