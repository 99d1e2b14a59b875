// The order in which a cluster's nodes are there: as they are written, but for those of files that
// are to be shuffled, whose order is another one each replication.

import type {Simulation} from '../engine/simulation.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import type {LoadedScenario, NodeRange} from './loaded.ts';
import type {PlacedNode} from './read-objects.ts';

export function nodesInOrder(
  {nodes, shuffledNodes}: Pick<LoadedScenario, 'nodes' | 'shuffledNodes'>,
  simulation: Simulation,
): readonly NodeObject[] {
  if (shuffledNodes.length === 0) return nodes;
  const random = simulation.random('cluster.nodes/order');
  const all = [...nodes];
  for (const {from, to} of shuffledNodes) {
    for (const [i, node] of random.shuffle(all.slice(from, to)).entries()) all[from + i] = node;
  }
  return all;
}

/** Each file by itself. */
export function shuffledRanges(nodes: readonly PlacedNode[]): NodeRange[] {
  const ranges: {entry: number; from: number; to: number}[] = [];
  for (const [i, {shuffled}] of nodes.entries()) {
    const last = ranges.at(-1);
    if (shuffled === undefined) continue;
    if (last?.entry === shuffled) last.to = i + 1;
    else ranges.push({entry: shuffled, from: i, to: i + 1});
  }
  return ranges.map(({from, to}) => ({from, to}));
}
