// Which changes are worth another attempt for a pod that affinity or anti-affinity turned away
// (interpodaffinity/plugin.go's queueing hints).

import type {Labels} from '../../objects/labels.ts';
import type {ClusterEvent} from '../cluster-event.ts';
import type {ClusterView} from '../cluster-view.ts';
import type {RequeueHint} from '../framework.ts';
import {PodInfo} from '../pod-info.ts';
import type {AffinityTerm, PodAffinityTerms} from './pod-affinity-terms.ts';
import {selects, selectsByAll} from './pod-affinity-terms.ts';

export function podAffinityHints(cluster: ClusterView, terms: PodAffinityTerms): RequeueHint[] {
  const selectsAny = (some: readonly AffinityTerm[], pod: PodInfo) =>
    some.some(term => selects(term, pod, cluster.namespaceLabels(pod.namespace)));
  const selectsAll = (all: readonly AffinityTerm[], pod: PodInfo) =>
    selectsByAll(all, pod, cluster.namespaceLabels(pod.namespace));

  function cameClose(pod: PodInfo, event: ClusterEvent): boolean {
    if (event.kind !== 'pod-assigned' || event.pod.node === undefined) return false;
    return selectsAll(terms.of(pod.shape).affinity, event.pod);
  }

  function relabelled(pod: PodInfo, event: ClusterEvent): boolean {
    if (event.kind !== 'pod-labels-changed' || event.pod.node === undefined) return false;
    const {affinity, antiAffinity} = terms.of(pod.shape);
    const before = withLabels(event.pod, event.before);
    if (selectsAll(affinity, event.pod) && !selectsAll(affinity, before)) return true;
    return selectsAny(antiAffinity, before) && !selectsAny(antiAffinity, event.pod);
  }

  function went(pod: PodInfo, event: ClusterEvent): boolean {
    if (event.kind !== 'pod-deleted' || event.pod.node === undefined) return false;
    if (selectsAny(terms.of(pod.shape).antiAffinity, event.pod)) return true;
    return selectsAny(terms.of(event.pod.shape).antiAffinity, pod);
  }

  // A new node is a new place without neighbours, unless company is what the pod asks for.
  function nodeAdded(pod: PodInfo, event: ClusterEvent): boolean {
    if (event.kind !== 'node-added') return false;
    const {affinity} = terms.of(pod.shape);
    if (affinity.length === 0) return true;
    return affinity.some(({topologyKey}) => event.node.labels.has(topologyKey));
  }

  function nodeMoved(pod: PodInfo, event: ClusterEvent): boolean {
    if (event.kind !== 'node-labels-changed' && event.kind !== 'node-taints-changed') return false;
    const {affinity, antiAffinity} = terms.of(pod.shape);
    const {labels} = event.node;
    const moved = ({topologyKey}: AffinityTerm) =>
      labels.get(topologyKey) !== event.before.labels.get(topologyKey);
    if (affinity.some(term => labels.has(term.topologyKey) && moved(term))) return true;
    return antiAffinity.some(term => event.before.labels.has(term.topologyKey) && moved(term));
  }

  return [
    {on: 'pod-assigned', hint: cameClose},
    {on: 'pod-labels-changed', hint: relabelled},
    {on: 'pod-deleted', hint: went},
    {on: 'node-added', hint: nodeAdded},
    {on: 'node-labels-changed', hint: nodeMoved},
    {on: 'node-taints-changed', hint: nodeMoved},
  ];
}

function withLabels(pod: PodInfo, labels: Labels): PodInfo {
  const {shape} = pod;
  const template = {...shape.template, labels};
  return new PodInfo(pod.id, pod.name, {...shape, template}, pod.priority);
}
