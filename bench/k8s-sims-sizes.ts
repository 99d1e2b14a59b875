// The sizes of the published comparison that k8s-sims is: which nodes go with which pods, and how
// many pods the real kube-scheduler left pending there.

import {existsSync, readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';

export type Size = {
  readonly nodes: number;
  readonly pods: number;
  /** Least and most pods that real kube-schedulers left pending; `undefined`: not published. */
  readonly published: {readonly least: number; readonly most: number} | undefined;
};

/** Nodes and pods are the first documents of files of these names. */
export const nodesFile = 'nodes-1200.yaml.gz';
export const podsFile = 'pods-7064.yaml.gz';

/** Simulators that run the real kube-scheduler, on nodes that do nothing. */
const realSchedulers = new Set(['kwok', 'kube-sched']);

/**
 * As the NOTICE of the data says: the source pairs its nodes-N with its pods-N, which from 800 on is
 * the same file. nodes-1200 has 1,213 nodes.
 */
const podsOf = new Map([
  ...[1067, 2099, 2972, 3940, 4774, 5537, 6453].map((pods, i) => [100 * (i + 1), pods] as const),
  ...[800, 900, 1000, 1100, 1200].map(nodes => [nodes, 7064] as const),
]);

export const publishedSizes = [...podsOf.keys()];

/** The folder of the data, or a sentence on why there is none. */
export function k8sSimsFolder(): {readonly folder: string} | {readonly wrong: string} {
  const data = process.env.ORRERY_DATA ?? '';
  if (data === '') return {wrong: 'ORRERY_DATA is not set; expected the folder that has k8s-sims'};
  const folder = resolve(data, 'k8s-sims');
  for (const file of [nodesFile, podsFile, 'published.csv']) {
    if (!existsSync(join(folder, file))) return {wrong: `no ${file} in ${folder}`};
  }
  return {folder};
}

/** `300`, or `300:2000` for 300 nodes and 2,000 pods; a sentence where it is neither. */
export function readSize(text: string, folder: string): Size | string {
  const [, first, second] = /^([1-9]\d{0,5})(?::([1-9]\d{0,6}))?$/.exec(text) ?? [];
  if (first === undefined) {
    return `expected a number of nodes, or NODES:PODS, got "${text}"`;
  }
  const nodes = Number(first);
  const runs = publishedRuns(folder).filter(run => run.nodes === nodes);
  const pods = Number(second ?? runs[0]?.pods ?? podsOf.get(nodes) ?? 0);
  if (pods === 0) {
    return `${nodes} nodes: how many pods? Say ${nodes}:PODS; known: ${publishedSizes.join(', ')}`;
  }
  const pending = runs.filter(run => run.pods === pods).map(run => run.pending);
  const published =
    pending.length === 0 ? undefined : {least: Math.min(...pending), most: Math.max(...pending)};
  return {nodes: nodes === 1200 ? 1213 : nodes, pods, published};
}

type PublishedRun = {readonly nodes: number; readonly pods: number; readonly pending: number};

function publishedRuns(folder: string): PublishedRun[] {
  const [header, ...lines] = readFileSync(join(folder, 'published.csv'), 'utf8')
    .trim()
    .split(/\r?\n/);
  const names = header.split(',');
  const at = (name: string) => names.indexOf(name);
  return lines
    .map(line => line.split(','))
    .filter(cells => realSchedulers.has(cells[at('simulator')]))
    .map(cells => ({
      nodes: Number(cells[at('nodes')]),
      pods: Number(cells[at('pods')]),
      pending: Number(cells[at('unscheduled_pods')]),
    }));
}
