// Which nodes a DaemonSet wants a pod on (daemon_controller.go, NodeShouldRunDaemonPod and
// util.AddOrUpdateDaemonPodTolerations), and the pod that it makes for one.

import type {NodeObject} from '../objects/node-spec.ts';
import type {NodeSelectorTerm, PodSpec, PodTemplate, Toleration} from '../objects/pod-spec.ts';
import {requiredNodeAffinity, satisfies} from '../objects/required-node-affinity.ts';
import {isTolerated} from '../objects/tolerations.ts';
import type {DaemonSetSpec} from '../objects/workload-object.ts';

export type DaemonPlace = {
  /** A pod is to be made here. */
  readonly runs: boolean;
  /** One that is here may stay. */
  readonly stays: boolean;
};

const nowhere: DaemonPlace = {runs: false, stays: false};

export function daemonPlace({template: {spec}}: DaemonSetSpec, node: NodeObject): DaemonPlace {
  if (spec.nodeName !== undefined && spec.nodeName !== node.name) return nowhere;
  const required = requiredNodeAffinity(spec);
  if (required !== undefined && !satisfies(node, required)) return nowhere;
  const tolerations = [...spec.tolerations, ...daemonTolerations(spec)];
  const against = node.taints.filter(taint => !isTolerated(taint, tolerations, false));
  const keepsOut = against.some(({effect}) => effect === 'NoSchedule' || effect === 'NoExecute');
  return {runs: !keepsOut, stays: !against.some(({effect}) => effect === 'NoExecute')};
}

/** Bound to its node by an affinity, which the scheduler obeys. */
export function daemonTemplate(template: PodTemplate, node: string): PodTemplate {
  const {spec} = template;
  return {
    ...template,
    spec: {
      ...spec,
      tolerations: [...spec.tolerations, ...daemonTolerations(spec)],
      nodeAffinity: {
        required: [onNode(node)],
        preferred: spec.nodeAffinity?.preferred ?? [],
      },
    },
  };
}

// As ReplaceDaemonSetPodNodeNameNodeAffinity: the name takes the place of all required terms, which
// the controller has tested itself.
function onNode(node: string): NodeSelectorTerm {
  return {expressions: [], fields: [{key: 'metadata.name', operator: 'In', values: [node]}]};
}

function daemonTolerations({hostNetwork}: PodSpec): Toleration[] {
  return [
    tolerated('node.kubernetes.io/not-ready', 'NoExecute'),
    tolerated('node.kubernetes.io/unreachable', 'NoExecute'),
    tolerated('node.kubernetes.io/disk-pressure', 'NoSchedule'),
    tolerated('node.kubernetes.io/memory-pressure', 'NoSchedule'),
    tolerated('node.kubernetes.io/pid-pressure', 'NoSchedule'),
    tolerated('node.kubernetes.io/unschedulable', 'NoSchedule'),
    ...(hostNetwork ? [tolerated('node.kubernetes.io/network-unavailable', 'NoSchedule')] : []),
  ];
}

function tolerated(key: string, effect: string): Toleration {
  return {key, operator: 'Exists', value: '', effect, tolerationSeconds: undefined};
}
