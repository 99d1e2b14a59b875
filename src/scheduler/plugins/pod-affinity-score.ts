// What pods wish of each other's company, summed by topology pair (kube-scheduler's
// interpodaffinity/scoring.go): the pod's own preferences over all pods, and theirs over it.

import type {ClusterView} from '../cache/cluster-view.ts';
import type {NodeInfo} from '../cache/node-info.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {PodShape} from '../cache/pod-shape.ts';
import type {AffinityTerm, PodAffinityTerms} from './pod-affinity-terms.ts';
import {forEachSelected, selects} from './pod-affinity-terms.ts';
import type {TopologyDomains} from './topology-domains.ts';
import {TopologyPairs} from './topology-pairs.ts';

export type PodAffinityScoreOptions = {
  /**
   * What a required affinity term of a pod that is there counts, when it matches the incoming pod.
   */
  readonly hardPodAffinityWeight: number;
  readonly ignorePreferredTermsOfExistingPods: boolean;
};

export class PodAffinityScore {
  readonly #cluster: ClusterView;
  readonly #terms: PodAffinityTerms;
  readonly #options: PodAffinityScoreOptions;
  readonly #wishes: TopologyPairs;

  constructor(
    cluster: ClusterView,
    terms: PodAffinityTerms,
    rules: {topology: TopologyDomains; options: PodAffinityScoreOptions},
  ) {
    this.#cluster = cluster;
    this.#terms = terms;
    this.#options = rules.options;
    this.#wishes = new TopologyPairs(rules.topology);
  }

  /** The pod prefers nothing, and nobody is there who could prefer something about it. */
  isIndifferent({shape}: PodInfo): boolean {
    const {preferred, preferredAnti} = this.#terms.of(shape);
    if (preferred.length > 0 || preferredAnti.length > 0) return false;
    const {nodesWithAffinityPods} = this.#cluster;
    return this.#options.ignorePreferredTermsOfExistingPods || nodesWithAffinityPods.size === 0;
  }

  prepare(pod: PodInfo): 'skip' | undefined {
    if (this.isIndifferent(pod)) return 'skip';
    const {preferred, preferredAnti} = this.#terms.of(pod.shape);
    this.#wishes.clear();
    for (const term of preferred) this.#countOwn(term);
    for (const term of preferredAnti) this.#countOwn(term);
    this.#countTheirs(pod);
    return this.#wishes.isUntouched ? 'skip' : undefined;
  }

  #countOwn(term: AffinityTerm): void {
    forEachSelected(this.#cluster, [term], term.selector, (node, pods) => {
      this.#wishes.add(term.topologyKey, node, pods * term.weight);
    });
  }

  // Siblings share their terms, so each shape is compared with the pod once.
  #countTheirs(pod: PodInfo): void {
    const nodes = this.#cluster.nodesWithAffinityPods;
    const compared = new Map<PodShape, readonly AffinityTerm[]>();
    for (const node of nodes) {
      for (const {shape} of node.podsWithAffinity) {
        const terms = compared.get(shape) ?? this.#termsAbout(pod, shape);
        compared.set(shape, terms);
        for (const {topologyKey, weight} of terms) this.#wishes.add(topologyKey, node, weight);
      }
    }
  }

  #termsAbout(pod: PodInfo, shape: PodShape): AffinityTerm[] {
    const {affinity, preferred, preferredAnti} = this.#terms.of(shape);
    const {hardPodAffinityWeight: weight} = this.#options;
    const hard = weight > 0 ? affinity.map(term => ({...term, weight})) : [];
    const labels = this.#cluster.namespaceLabels(pod.namespace);
    return [...hard, ...preferred, ...preferredAnti].filter(term => selects(term, pod, labels));
  }

  score(node: NodeInfo): number {
    return this.#wishes.total(node);
  }

  /** From the lowest to the highest, in floating point as the real one; no difference is 0. */
  normalize(scores: Int32Array, count: number): void {
    let lowest = 2 ** 31 - 1;
    let highest = -(2 ** 31);
    for (let i = 0; i < count; i++) {
      if (scores[i] < lowest) lowest = scores[i];
      if (scores[i] > highest) highest = scores[i];
    }
    const range = highest - lowest;
    for (let i = 0; i < count; i++) {
      scores[i] = range > 0 ? 100 * ((scores[i] - lowest) / range) : 0;
    }
  }
}
