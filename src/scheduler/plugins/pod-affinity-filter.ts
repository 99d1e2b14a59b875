// The required pod affinity and anti-affinity of one pod against all pods that are there, and
// theirs against it (kube-scheduler's interpodaffinity/filtering.go).

import type {ClusterView} from '../cache/cluster-view.ts';
import type {NodeInfo} from '../cache/node-info.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {PodShape} from '../cache/pod-shape.ts';
import type {Rejection} from '../framework.ts';
import type {AffinityTerm, AffinityTerms, PodAffinityTerms} from './pod-affinity-terms.ts';
import {forEachSelected, selects, selectsByAll} from './pod-affinity-terms.ts';
import type {TopologyDomains} from './topology-domains.ts';
import {TopologyPairs} from './topology-pairs.ts';

const unparsable: Rejection = {
  code: 'unresolvable',
  reasons: ['parsing pod: a label selector of its affinity is not valid'],
};
const affinityUnmet: Rejection = {
  code: 'unresolvable',
  reasons: ["node(s) didn't match pod affinity rules"],
};
const repels: Rejection = {
  code: 'unschedulable',
  reasons: ["node(s) didn't match pod anti-affinity rules"],
};
const isRepelled: Rejection = {
  code: 'unschedulable',
  reasons: ["node(s) didn't satisfy existing pods anti-affinity rules"],
};

const noTerms: AffinityTerms = {
  affinity: [],
  antiAffinity: [],
  preferred: [],
  preferredAnti: [],
  allAffinity: undefined,
  areValid: true,
};

export class PodAffinityFilter {
  readonly #cluster: ClusterView;
  readonly #terms: PodAffinityTerms;
  /** Pairs where pods match all terms of the incoming pod's affinity. */
  readonly #wanted: TopologyPairs;
  /** Pairs where pods match a term of its anti-affinity. */
  readonly #unwanted: TopologyPairs;
  /** Pairs that pods with anti-affinity keep it away from. */
  readonly #forbidden: TopologyPairs;
  #own = noTerms;
  #matchesItself = false;

  constructor(cluster: ClusterView, terms: PodAffinityTerms, topology: TopologyDomains) {
    this.#cluster = cluster;
    this.#terms = terms;
    this.#wanted = new TopologyPairs(topology);
    this.#unwanted = new TopologyPairs(topology);
    this.#forbidden = new TopologyPairs(topology);
  }

  prepare(pod: PodInfo): 'skip' | Rejection | undefined {
    this.#own = this.#terms.of(pod.shape);
    const {affinity, antiAffinity, allAffinity, areValid} = this.#own;
    if (!areValid) return unparsable;
    this.#wanted.clear();
    this.#unwanted.clear();
    this.#forbidden.clear();
    this.#forbid(pod);
    if (this.#forbidden.isEmpty && affinity.length === 0 && antiAffinity.length === 0)
      return 'skip';
    const labels = this.#cluster.namespaceLabels(pod.namespace);
    this.#matchesItself = selectsByAll(affinity, pod, labels);
    forEachSelected(this.#cluster, affinity, allAffinity, (node, pods) => {
      for (const {topologyKey} of affinity) this.#wanted.add(topologyKey, node, pods);
    });
    for (const term of antiAffinity) {
      forEachSelected(this.#cluster, [term], term.selector, (node, pods) => {
        this.#unwanted.add(term.topologyKey, node, pods);
      });
    }
    return undefined;
  }

  // Siblings share their terms, so each shape is compared with the pod once.
  #forbid(pod: PodInfo): void {
    const nodes = this.#cluster.nodesWithAntiAffinityPods;
    if (nodes.size === 0) return;
    const compared = new Map<PodShape, readonly AffinityTerm[]>();
    for (const node of nodes) {
      for (const {shape} of node.podsWithRequiredAntiAffinity) {
        const terms = compared.get(shape) ?? this.#termsAgainst(pod, shape);
        compared.set(shape, terms);
        for (const {topologyKey} of terms) this.#forbidden.add(topologyKey, node, 1);
      }
    }
  }

  #termsAgainst(pod: PodInfo, shape: PodShape): AffinityTerm[] {
    const labels = this.#cluster.namespaceLabels(pod.namespace);
    return this.#terms.of(shape).antiAffinity.filter(term => selects(term, pod, labels));
  }

  filter(node: NodeInfo): Rejection | undefined {
    if (!this.#attracts(node)) return affinityUnmet;
    if (this.#isUnwanted(node)) return repels;
    return this.#forbidden.hasAbove0(node) ? isRepelled : undefined;
  }

  // The first pod of a group that wants to be together may go anywhere that has the keys.
  #attracts(node: NodeInfo): boolean {
    const {affinity} = this.#own;
    let all = true;
    for (let i = 0; i < affinity.length; i++) {
      const {topologyKey} = affinity[i];
      if (!node.labels.has(topologyKey)) return false;
      if (this.#wanted.at(topologyKey, node) <= 0) all = false;
    }
    return all || (this.#matchesItself && this.#wanted.isEmpty);
  }

  #isUnwanted(node: NodeInfo): boolean {
    const {antiAffinity} = this.#own;
    for (let i = 0; i < antiAffinity.length; i++) {
      if (this.#unwanted.at(antiAffinity[i].topologyKey, node) > 0) return true;
    }
    return false;
  }

  update(pod: PodInfo, other: PodInfo, node: NodeInfo, change: 1 | -1): void {
    const {affinity, antiAffinity} = this.#own;
    const labels = this.#cluster.namespaceLabels(other.namespace);
    for (const {topologyKey} of this.#termsAgainst(pod, other.shape)) {
      this.#forbidden.add(topologyKey, node, change);
    }
    if (selectsByAll(affinity, other, labels)) {
      for (const {topologyKey} of affinity) this.#wanted.add(topologyKey, node, change);
    }
    for (const term of antiAffinity) {
      if (selects(term, other, labels)) this.#unwanted.add(term.topologyKey, node, change);
    }
  }
}
