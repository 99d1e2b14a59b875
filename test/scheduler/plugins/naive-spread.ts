// PodTopologySpread counted the slow way: every question walks all pods on all nodes, as the
// reference states the rule. What the plugin's counters say is compared with this.

import {labelsMatch} from '../../../src/objects/labels.ts';
import type {TopologySpreadConstraint} from '../../../src/objects/pod-spec.ts';
import type {NodeInfo} from '../../../src/scheduler/cache/node-info.ts';
import type {PodInfo} from '../../../src/scheduler/cache/pod-info.ts';

const hostname = 'kubernetes.io/hostname';

export function naiveVerdict(pod: PodInfo, node: NodeInfo, nodes: readonly NodeInfo[]): string {
  const constraints = constraintsOf(pod, 'DoNotSchedule');
  for (const constraint of constraints) {
    const {topologyKey, labelSelector, maxSkew, minDomains} = constraint;
    const value = node.labels.get(topologyKey);
    if (value === undefined) return 'unresolvable';
    const counting = nodes.filter(
      other => hasKeys(other, constraints) && isIncluded(constraint, pod, other),
    );
    const counts = new Map<string, number>();
    for (const other of counting) {
      const domain = other.labels.get(topologyKey) ?? '';
      counts.set(domain, (counts.get(domain) ?? 0) + matching(constraint, pod, other));
    }
    const smallest = counts.size < minDomains ? 0 : Math.min(2 ** 31 - 1, ...counts.values());
    const self = labelsMatch(labelSelector, pod.labels) ? 1 : 0;
    if ((counts.get(value) ?? 0) + self - smallest > maxSkew) return 'unschedulable';
  }
  return 'success';
}

export function naiveScores(pod: PodInfo, nodes: readonly NodeInfo[]): number[] {
  const constraints = constraintsOf(pod, 'ScheduleAnyway');
  if (constraints.length === 0) return nodes.map(() => 0);
  const counted = nodes.filter(node => hasKeys(node, constraints));
  const raw = new Map(counted.map(node => [node, naiveRaw(pod, node, {constraints, counted})]));
  const highest = Math.max(0, ...raw.values());
  const lowest = Math.min(...raw.values());
  return nodes.map(node => {
    const score = raw.get(node);
    if (score === undefined) return 0;
    return highest === 0 ? 100 : Math.trunc((100 * (highest + lowest - score)) / highest);
  });
}

type Soft = {constraints: readonly TopologySpreadConstraint[]; counted: readonly NodeInfo[]};

function naiveRaw(pod: PodInfo, node: NodeInfo, {constraints, counted}: Soft): number {
  let sum = 0;
  for (const constraint of constraints) {
    const {topologyKey, maxSkew} = constraint;
    const value = node.labels.get(topologyKey);
    const domains = new Set(counted.map(({labels}) => labels.get(topologyKey)));
    const perNode = topologyKey === hostname;
    const count = perNode
      ? matching(constraint, pod, node)
      : counted
          .filter(other => other.labels.get(topologyKey) === value)
          .filter(other => isIncluded(constraint, pod, other))
          .reduce((pods, other) => pods + matching(constraint, pod, other), 0);
    sum += count * Math.log((perNode ? counted.length : domains.size) + 2) + maxSkew - 1;
  }
  return Math.round(sum);
}

function matching({labelSelector}: TopologySpreadConstraint, pod: PodInfo, node: NodeInfo): number {
  return node.pods.filter(
    other =>
      !other.terminating &&
      other.namespace === pod.namespace &&
      labelsMatch(labelSelector, other.labels),
  ).length;
}

function isIncluded(constraint: TopologySpreadConstraint, pod: PodInfo, node: NodeInfo): boolean {
  const {nodeSelector} = pod.shape.template.spec;
  const fits = [...nodeSelector].every(([key, value]) => node.labels.get(key) === value);
  if (constraint.nodeAffinityPolicy === 'Honor' && !fits) return false;
  return constraint.nodeTaintsPolicy === 'Ignore' || node.taints.length === 0;
}

function hasKeys({labels}: NodeInfo, constraints: readonly TopologySpreadConstraint[]): boolean {
  return constraints.every(({topologyKey}) => labels.has(topologyKey));
}

function constraintsOf(pod: PodInfo, action: string): TopologySpreadConstraint[] {
  return pod.shape.template.spec.topologySpreadConstraints.filter(
    ({whenUnsatisfiable}) => whenUnsatisfiable === action,
  );
}
