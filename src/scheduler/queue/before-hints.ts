// Up to 1.31 plugins only named kinds of events, and the event handlers asked a few coarse
// questions on their behalf before they woke a pod (preCheckForNode in eventhandlers.go, and the
// queue's getUnschedulablePodsWithCrossTopologyTerm).

import type {NodeInfo} from '../cache/node-info.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {ClusterEvent} from '../cluster-event.ts';
import type {PluginsByName} from '../plugin-set.ts';
import type {QueuedPod} from './queued-pod.ts';

export function mayConcern(
  queued: QueuedPod,
  event: ClusterEvent,
  plugins: PluginsByName,
): boolean {
  switch (event.kind) {
    case 'node-added':
    case 'node-allocatable-changed':
    case 'node-labels-changed':
    case 'node-taints-changed':
      return admits(event.node, queued.pod, plugins);
    case 'pod-assigned':
    case 'pod-labels-changed':
      return reachesAcrossNodes(queued, event, plugins);
    default:
      return true;
  }
}

/** As AdmissionCheck: the node, with the pods on it, would take the pod. */
const admission = ['NodeResourcesFit', 'NodeAffinity', 'NodeName', 'NodePorts', 'TaintToleration'];

function admits(node: NodeInfo, pod: PodInfo, plugins: PluginsByName): boolean {
  for (const name of admission) {
    const plugin = plugins.get(name);
    if (plugin === undefined || plugin.preFilter?.(pod) === 'skip') continue;
    if (plugin.filter?.(pod, node) !== undefined) return false;
  }
  return true;
}

/**
 * A pod on a node matters to spread within its namespace, and where a pod affinity term selects it.
 */
function reachesAcrossNodes(
  {pod, rejectedBy}: QueuedPod,
  event: ClusterEvent & {pod: PodInfo},
  plugins: PluginsByName,
): boolean {
  if (rejectedBy.has('PodTopologySpread') && event.pod.namespace === pod.namespace) return true;
  const hints = plugins.get('InterPodAffinity')?.requeueOn ?? [];
  return hints.some(({on, hint}) => on === event.kind && hint?.(pod, event) === true);
}
