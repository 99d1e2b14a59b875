// Why no node will do, as FitError.Error says it: `0/5 nodes are available: 5 Insufficient cpu.`

/** `counts`: how many of all the nodes have each reason. */
export function fitMessage(nodeCount: number, counts: ReadonlyMap<string, number>): string {
  const parts = [...counts].map(([reason, count]) => `${count} ${reason}`).sort();
  return `0/${nodeCount} nodes are available: ${parts.join(', ')}.`;
}
