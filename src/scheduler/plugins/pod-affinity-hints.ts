// Which changes are worth another attempt for a pod that affinity or anti-affinity turned away
// (interpodaffinity/plugin.go's queueing hints).

import type {Labels} from '../../objects/labels.ts';
import type {ClusterView} from '../cache/cluster-view.ts';
import {PodInfo} from '../cache/pod-info.ts';
import type {ClusterEvent} from '../cluster-event.ts';
import type {RequeueHint} from '../framework.ts';
import type {AffinityTerm, PodAffinityTerms} from './pod-affinity-terms.ts';
import {selects, selectsByAll} from './pod-affinity-terms.ts';

export function podAffinityHints(cluster: ClusterView, terms: PodAffinityTerms): RequeueHint[] {
  const hints = new PodAffinityHints(cluster, terms);
  return [
    {on: 'pod-assigned', hint: (pod, event) => hints.podCame(pod, event)},
    {on: 'pod-labels-changed', hint: (pod, event) => hints.podRelabelled(pod, event)},
    {on: 'pod-deleted', hint: (pod, event) => hints.podWent(pod, event)},
    {on: 'node-added', hint: (pod, event) => hints.nodeCame(pod, event)},
    {on: 'node-labels-changed', hint: (pod, event) => hints.nodeMoved(pod, event)},
    {on: 'node-taints-changed', hint: (pod, event) => hints.nodeMoved(pod, event)},
  ];
}

class PodAffinityHints {
  readonly #cluster: ClusterView;
  readonly #terms: PodAffinityTerms;

  constructor(cluster: ClusterView, terms: PodAffinityTerms) {
    this.#cluster = cluster;
    this.#terms = terms;
  }

  podCame(pod: PodInfo, event: ClusterEvent): boolean {
    if (event.kind !== 'pod-assigned' || event.pod.node === undefined) return false;
    return this.#selectsByAll(this.#terms.of(pod.shape).affinity, event.pod);
  }

  podRelabelled(pod: PodInfo, event: ClusterEvent): boolean {
    if (event.kind !== 'pod-labels-changed' || event.pod.node === undefined) return false;
    const {affinity, antiAffinity} = this.#terms.of(pod.shape);
    const before = withLabels(event.pod, event.before);
    if (this.#selectsByAll(affinity, event.pod) && !this.#selectsByAll(affinity, before)) {
      return true;
    }
    return this.#selectsByAny(antiAffinity, before) && !this.#selectsByAny(antiAffinity, event.pod);
  }

  podWent(pod: PodInfo, event: ClusterEvent): boolean {
    if (event.kind !== 'pod-deleted' || event.pod.node === undefined) return false;
    if (this.#selectsByAny(this.#terms.of(pod.shape).antiAffinity, event.pod)) return true;
    return this.#selectsByAny(this.#terms.of(event.pod.shape).antiAffinity, pod);
  }

  // A new node is a place without neighbours, unless company is what the pod asks for.
  nodeCame(pod: PodInfo, event: ClusterEvent): boolean {
    if (event.kind !== 'node-added') return false;
    const {affinity} = this.#terms.of(pod.shape);
    if (affinity.length === 0) return true;
    return affinity.some(({topologyKey}) => event.node.labels.has(topologyKey));
  }

  nodeMoved(pod: PodInfo, event: ClusterEvent): boolean {
    if (event.kind !== 'node-labels-changed' && event.kind !== 'node-taints-changed') return false;
    const {affinity, antiAffinity} = this.#terms.of(pod.shape);
    const {labels} = event.node;
    const {labels: before} = event.before;
    const moved = ({topologyKey}: AffinityTerm) =>
      labels.get(topologyKey) !== before.get(topologyKey);
    if (affinity.some(term => labels.has(term.topologyKey) && moved(term))) return true;
    return antiAffinity.some(term => before.has(term.topologyKey) && moved(term));
  }

  #selectsByAll(terms: readonly AffinityTerm[], pod: PodInfo): boolean {
    return selectsByAll(terms, pod, this.#cluster.namespaceLabels(pod.namespace));
  }

  #selectsByAny(terms: readonly AffinityTerm[], pod: PodInfo): boolean {
    const labels = this.#cluster.namespaceLabels(pod.namespace);
    return terms.some(term => selects(term, pod, labels));
  }
}

function withLabels(pod: PodInfo, labels: Labels): PodInfo {
  const {shape} = pod;
  const template = {...shape.template, labels};
  return new PodInfo(pod.id, pod.name, {...shape, template}, pod.priority);
}
