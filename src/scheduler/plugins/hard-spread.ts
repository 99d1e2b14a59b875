// The state of the hard topology spread constraints for one pod: how many matching pods each domain
// has, and the smallest of these numbers (kube-scheduler's podtopologyspread/filtering.go).

import {labelsMatch} from '../../objects/labels.ts';
import type {ClusterView} from '../cache/cluster-view.ts';
import type {NodeInfo} from '../cache/node-info.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {Rejection} from '../framework.ts';
import type {SpreadConstraint} from './spread-constraints.ts';
import {hasAllKeys, includes} from './spread-constraints.ts';
import type {Domains, TopologyDomains} from './topology-domains.ts';

const missingKey: Rejection = {
  code: 'unresolvable',
  reasons: ["node(s) didn't match pod topology spread constraints (missing required label)"],
};
const tooSkewed: Rejection = {
  code: 'unschedulable',
  reasons: ["node(s) didn't match pod topology spread constraints"],
};

/** As the critical paths' start: no domain at all. */
const noDomain = 2 ** 31 - 1;

export class HardSpread {
  readonly #cluster: ClusterView;
  readonly #topology: TopologyDomains;
  readonly #comparing: boolean;
  #constraints: readonly SpreadConstraint[] = [];
  #counts: DomainCounts[] = [];

  constructor(cluster: ClusterView, topology: TopologyDomains, comparing: boolean) {
    this.#cluster = cluster;
    this.#topology = topology;
    this.#comparing = comparing;
  }

  prepare(pod: PodInfo, constraints: readonly SpreadConstraint[]): 'skip' | undefined {
    if (constraints.length === 0) return 'skip';
    this.#constraints = constraints;
    this.#counts = constraints.map(({topologyKey}) => {
      return new DomainCounts(this.#topology.of(topologyKey));
    });
    for (const node of this.#cluster.nodes) this.#openDomains(pod, node);
    constraints.forEach((constraint, i) => {
      this.#countPods(pod, constraint, this.#counts[i]);
    });
    return undefined;
  }

  // A domain that a node of it opens exists with 0 pods; others do not take part in the minimum.
  #openDomains(pod: PodInfo, node: NodeInfo): void {
    if (!this.#hasAllKeys(node)) return;
    for (let i = 0; i < this.#counts.length; i++) {
      if (!includes(this.#constraints[i], pod, node, this.#comparing)) continue;
      this.#counts[i].open(node.position);
    }
  }

  // As countPodsMatchSelector: an empty selector counts nothing, though the pod itself matches it.
  #countPods(pod: PodInfo, constraint: SpreadConstraint, counts: DomainCounts): void {
    const {selector} = constraint;
    if (selector !== undefined && selector.length > 0) {
      for (const [node, count] of this.#cluster.matchingPods(pod.namespace, selector)) {
        if (!this.#hasAllKeys(node)) continue;
        if (includes(constraint, pod, node, this.#comparing)) counts.add(node.position, count);
      }
    }
    counts.findSmallest();
  }

  #hasAllKeys({position}: NodeInfo): boolean {
    for (const {domains} of this.#counts) if (domains.of[position] < 0) return false;
    return true;
  }

  filter(node: NodeInfo): Rejection | undefined {
    for (let i = 0; i < this.#constraints.length; i++) {
      const {maxSkew, minDomains, self} = this.#constraints[i];
      const counts = this.#counts[i];
      const domain = counts.domains.of[node.position];
      if (domain < 0) return missingKey;
      const smallest = counts.size < minDomains ? 0 : counts.smallest;
      if (counts.count(domain) + self - smallest > maxSkew) return tooSkewed;
    }
    return undefined;
  }

  /** As updateWithPod, which does not ask whether `other` is terminating. */
  update(pod: PodInfo, other: PodInfo, node: NodeInfo, change: 1 | -1): void {
    if (other.namespace !== pod.namespace || !hasAllKeys(node.labels, this.#constraints)) return;
    for (let i = 0; i < this.#constraints.length; i++) {
      const constraint = this.#constraints[i];
      if (!labelsMatch(constraint.selector, other.labels)) continue;
      if (includes(constraint, pod, node, this.#comparing)) {
        this.#counts[i].shift(node.position, change);
      }
    }
  }
}

/** Matching pods by domain; the minimum stays exact because what-ifs change a count by one. */
class DomainCounts {
  readonly domains: Domains;
  readonly #counts: Int32Array;
  readonly #isOpen: Uint8Array;
  /** How many domains have a count, by count. */
  readonly #domainsWith = new Map<number, number>();
  size = 0;
  smallest = noDomain;

  constructor(domains: Domains) {
    this.domains = domains;
    this.#counts = new Int32Array(domains.values.length);
    this.#isOpen = new Uint8Array(domains.values.length);
  }

  count(domain: number): number {
    return this.#counts[domain];
  }

  open(position: number): void {
    const domain = this.domains.of[position];
    if (this.#isOpen[domain] === 0) this.size++;
    this.#isOpen[domain] = 1;
  }

  add(position: number, pods: number): void {
    this.#counts[this.domains.of[position]] += pods;
  }

  findSmallest(): void {
    for (let domain = 0; domain < this.#counts.length; domain++) {
      if (this.#isOpen[domain] === 0) continue;
      const count = this.#counts[domain];
      this.#domainsWith.set(count, (this.#domainsWith.get(count) ?? 0) + 1);
      if (count < this.smallest) this.smallest = count;
    }
  }

  shift(position: number, change: 1 | -1): void {
    const domain = this.domains.of[position];
    const before = this.#counts[domain];
    const after = before + change;
    this.#counts[domain] = after;
    const left = (this.#domainsWith.get(before) ?? 0) - 1;
    this.#domainsWith.set(before, left);
    this.#domainsWith.set(after, (this.#domainsWith.get(after) ?? 0) + 1);
    if (after < this.smallest) this.smallest = after;
    else if (before === this.smallest && left === 0) this.smallest = after;
  }
}
