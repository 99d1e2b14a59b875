// The openb trace as plain objects, read in the simplest way, and the published means: what the
// reference experiment beside this file plays and is held to. Shares no code with the simulator.

import {readFileSync} from 'node:fs';
import {join} from 'node:path';

export type OpenbNode = {name: string; cpu: number; memory: number; devices: number; model: string};

export type OpenbPod = {
  name: string;
  cpu: number;
  memory: number;
  /** Devices, and milli of each; 0 and 0 for a pod without. */
  count: number;
  milli: number;
  /** Allowed models; empty: any. */
  models: string[];
};

export function openbNodes(folder: string): OpenbNode[] {
  return rows(join(folder, 'openb_node_list_gpu_node.csv')).map(row => ({
    name: row.sn,
    cpu: Number(row.cpu_milli),
    memory: Number(row.memory_mib),
    devices: Number(row.gpu),
    model: row.model,
  }));
}

export function openbPods(folder: string, list: string): OpenbPod[] {
  const pods = rows(join(folder, `openb_pod_list_${list}.csv`)).map(row => ({
    name: row.name,
    cpu: Number(row.cpu_milli),
    memory: Number(row.memory_mib),
    count: Number(row.num_gpu),
    milli: Number(row.num_gpu) > 0 ? Number(row.gpu_milli) : 0,
    models: (row.gpu_spec ?? '').split('|').filter(model => model !== ''),
  }));
  return pods.sort((left, right) => (left.name < right.name ? -1 : 1));
}

export type Published = {mean: number; sd: number};

/** By `metric,list,policy,percent`. */
export function publishedMeans(folder: string): Map<string, Published> {
  const means = new Map<string, Published>();
  for (const row of rows(join(folder, 'published-fgd.csv'))) {
    const {metric, pod_list: list, policy, arrived_pct: percent} = row;
    const published = {mean: Number(row.mean), sd: Number(row.sd)};
    means.set(`${metric},${list},${policy},${percent}`, published);
  }
  return means;
}

function rows(path: string): Record<string, string>[] {
  const [head, ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map(line => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
}
