// How many feasible nodes the scheduler looks for before it stops looking and scores what it has
// (kube-scheduler's numFeasibleNodesToFind, pkg/scheduler/schedule_one.go).

const minFeasibleNodesToFind = 100;
const minPercentage = 5;

/**
 * `percentage` is the profile's percentageOfNodesToScore, else the global one; 0 adapts to the
 * size.
 */
export function numFeasibleNodesToFind(search: {nodes: number; percentage: number}): number {
  const {nodes} = search;
  if (nodes < minFeasibleNodesToFind) return nodes;
  const percentage = search.percentage === 0 ? adaptivePercentage(nodes) : search.percentage;
  return Math.max(minFeasibleNodesToFind, Math.floor((nodes * percentage) / 100));
}

function adaptivePercentage(nodes: number): number {
  return Math.max(minPercentage, 50 - Math.floor(nodes / 125));
}

/**
 * How many nodes one of the real scheduler's workers takes at a time (parallelize.chunkSizeFor).
 * Runs here are as if by one worker; the size says how far a real one may stray from list order.
 */
export function parallelChunk({nodes, parallelism}: {nodes: number; parallelism: number}): number {
  const root = Math.floor(Math.sqrt(nodes));
  const fairShare = Math.floor(nodes / parallelism) + 1;
  return Math.max(1, Math.min(root, fairShare));
}
