// Which changes are worth another attempt for a pod that a hard spread constraint turned away
// (podtopologyspread/plugin.go's queueing hints).

import type {Labels} from '../../objects/labels.ts';
import {labelsMatch} from '../../objects/labels.ts';
import type {ClusterEvent} from '../cluster-event.ts';
import type {RequeueHint} from '../framework.ts';
import type {PodInfo} from '../pod-info.ts';
import type {SpreadConstraint} from './spread-constraints.ts';
import {hasAllKeys} from './spread-constraints.ts';

export function spreadHints(
  constraintsOf: (pod: PodInfo) => readonly SpreadConstraint[],
): RequeueHint[] {
  function isCounted(pod: PodInfo, event: ClusterEvent): boolean {
    if (event.kind !== 'pod-assigned' && event.kind !== 'pod-deleted') return false;
    if (!isScheduledSibling(pod, event.pod)) return false;
    return constraintsOf(pod).some(({selector}) => labelsMatch(selector, event.pod.labels));
  }

  function changedSides(pod: PodInfo, event: ClusterEvent): boolean {
    if (event.kind !== 'pod-labels-changed' || !isScheduledSibling(pod, event.pod)) return false;
    return constraintsOf(pod).some(
      ({selector}) =>
        labelsMatch(selector, event.before) !== labelsMatch(selector, event.pod.labels),
    );
  }

  function toleratesMore(pod: PodInfo, event: ClusterEvent): boolean {
    if (event.kind !== 'pod-tolerations-changed' || event.pod.id !== pod.id) return false;
    return constraintsOf(pod).some(({honorsTaints}) => honorsTaints);
  }

  function bringsOrTakesDomains(pod: PodInfo, event: ClusterEvent): boolean {
    if (event.kind !== 'node-added' && event.kind !== 'node-deleted') return false;
    return hasAllKeys(event.node.labels, constraintsOf(pod));
  }

  function changesDomains(pod: PodInfo, event: ClusterEvent): boolean {
    if (event.kind !== 'node-labels-changed' && event.kind !== 'node-taints-changed') return false;
    const constraints = constraintsOf(pod);
    const has = hasAllKeys(event.node.labels, constraints);
    if (has !== hasAllKeys(event.before.labels, constraints)) return true;
    if (!has) return false;
    if (event.kind === 'node-taints-changed') return true;
    return constraints.some(({topologyKey}) => {
      return differ(event.node.labels, event.before.labels, topologyKey);
    });
  }

  return [
    {on: 'pod-assigned', hint: isCounted},
    {on: 'pod-deleted', hint: isCounted},
    {on: 'pod-labels-changed', hint: changedSides},
    {on: 'pod-tolerations-changed', hint: toleratesMore},
    {on: 'node-added', hint: bringsOrTakesDomains},
    {on: 'node-deleted', hint: bringsOrTakesDomains},
    {on: 'node-labels-changed', hint: changesDomains},
    {on: 'node-taints-changed', hint: changesDomains},
  ];
}

function isScheduledSibling(pod: PodInfo, other: PodInfo): boolean {
  return other.node !== undefined && other.namespace === pod.namespace;
}

function differ(labels: Labels, others: Labels, key: string): boolean {
  return labels.get(key) !== others.get(key);
}
