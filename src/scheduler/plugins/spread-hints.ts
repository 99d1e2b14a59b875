// Which changes are worth another attempt for a pod that a hard spread constraint turned away
// (podtopologyspread/plugin.go's queueing hints).

import type {Labels} from '../../objects/labels.ts';
import {labelsMatch} from '../../objects/labels.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {ClusterEvent} from '../cluster-event.ts';
import type {RequeueHint} from '../framework.ts';
import type {SpreadConstraint} from './spread-constraints.ts';
import {hasAllKeys} from './spread-constraints.ts';

type Constraints = readonly SpreadConstraint[];
type Rule = (event: ClusterEvent, pod: PodInfo, constraints: Constraints) => boolean;

export function spreadHints(constraintsOf: (pod: PodInfo) => Constraints): RequeueHint[] {
  const by =
    (rule: Rule): RequeueHint['hint'] =>
    (pod, event) =>
      rule(event, pod, constraintsOf(pod));
  return [
    {on: 'pod-assigned', hint: by(isCounted)},
    {on: 'pod-deleted', hint: by(isCounted)},
    {on: 'pod-labels-changed', hint: by(changesSides)},
    {on: 'pod-tolerations-changed', hint: by(toleratesMore)},
    {on: 'node-added', hint: by(bringsOrTakesDomains)},
    {on: 'node-deleted', hint: by(bringsOrTakesDomains)},
    {on: 'node-labels-changed', hint: by(changesDomains)},
    {on: 'node-taints-changed', hint: by(changesDomains)},
  ];
}

const isCounted: Rule = (event, pod, constraints) => {
  if (event.kind !== 'pod-assigned' && event.kind !== 'pod-deleted') return false;
  if (!isScheduledSibling(pod, event.pod)) return false;
  return constraints.some(({selector}) => labelsMatch(selector, event.pod.labels));
};

const changesSides: Rule = (event, pod, constraints) => {
  if (event.kind !== 'pod-labels-changed' || !isScheduledSibling(pod, event.pod)) return false;
  return constraints.some(
    ({selector}) => labelsMatch(selector, event.before) !== labelsMatch(selector, event.pod.labels),
  );
};

const toleratesMore: Rule = (event, pod, constraints) => {
  if (event.kind !== 'pod-tolerations-changed' || event.pod.id !== pod.id) return false;
  return constraints.some(({honorsTaints}) => honorsTaints);
};

const bringsOrTakesDomains: Rule = (event, _pod, constraints) => {
  if (event.kind !== 'node-added' && event.kind !== 'node-deleted') return false;
  return hasAllKeys(event.node.labels, constraints);
};

const changesDomains: Rule = (event, _pod, constraints) => {
  if (event.kind !== 'node-labels-changed' && event.kind !== 'node-taints-changed') return false;
  const {labels} = event.node;
  const has = hasAllKeys(labels, constraints);
  if (has !== hasAllKeys(event.before.labels, constraints)) return true;
  if (!has) return false;
  if (event.kind === 'node-taints-changed') return true;
  return constraints.some(({topologyKey}) => differ(labels, event.before.labels, topologyKey));
};

function isScheduledSibling(pod: PodInfo, other: PodInfo): boolean {
  return other.node !== undefined && other.namespace === pod.namespace;
}

function differ(labels: Labels, others: Labels, key: string): boolean {
  return labels.get(key) !== others.get(key);
}
