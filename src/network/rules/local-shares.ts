// What each pod gets of a load balancer's connections with externalTrafficPolicy Local: the
// balancer spreads evenly over the nodes that pass its check, which are those with a pod, and each
// node over its own pods.

/** Of one pod on each of the nodes; 0 where there is none. */
export function localShares(podsPerNode: readonly number[]): readonly number[] {
  const nodes = podsPerNode.filter(pods => pods > 0).length;
  return podsPerNode.map(pods => (pods > 0 ? 1 / (nodes * pods) : 0));
}
