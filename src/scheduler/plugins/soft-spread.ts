// The score of the soft topology spread constraints: the fewer matching pods in a node's domains,
// the better, with domains of which there are many weighing more (kube-scheduler's
// podtopologyspread/scoring.go).

import {log} from '../../engine/math.ts';
import type {ClusterView} from '../cache/cluster-view.ts';
import type {NodeInfo} from '../cache/node-info.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {SpreadConstraint, SpreadConstraints} from './spread-constraints.ts';
import {includes} from './spread-constraints.ts';
import type {Domains, TopologyDomains} from './topology-domains.ts';

const hostname = 'kubernetes.io/hostname';
const ignored = -1;
const noNodes: ReadonlyMap<NodeInfo, number> = new Map();

export class SoftSpread {
  readonly #cluster: ClusterView;
  readonly #topology: TopologyDomains;
  readonly #comparing: boolean;
  #columns: ConstraintColumn[] = [];
  #requiresAllKeys = true;

  constructor(cluster: ClusterView, topology: TopologyDomains, comparing: boolean) {
    this.#cluster = cluster;
    this.#topology = topology;
    this.#comparing = comparing;
  }

  prepare(
    pod: PodInfo,
    constraints: SpreadConstraints,
    feasible: readonly NodeInfo[],
  ): 'skip' | undefined {
    const {soft} = constraints;
    if (soft.length === 0) return 'skip';
    this.#requiresAllKeys = constraints.requiresAllKeys;
    while (this.#columns.length < soft.length) this.#columns.push(new ConstraintColumn());
    this.#columns.length = soft.length;
    for (let i = 0; i < soft.length; i++) {
      const {topologyKey} = soft[i];
      this.#columns[i].start(this.#topology.of(topologyKey), soft[i], this.#cluster.nodes.length);
    }
    const counted = this.#openDomains(feasible);
    for (const column of this.#columns) {
      column.setWeight(counted);
      this.#countPods(pod, column);
    }
    return undefined;
  }

  /** How many feasible nodes take part. */
  #openDomains(feasible: readonly NodeInfo[]): number {
    if (!this.#requiresAllKeys) {
      for (const column of this.#columns) column.openAll(feasible);
      return feasible.length;
    }
    let counted = 0;
    for (let n = 0; n < feasible.length; n++) {
      const {position} = feasible[n];
      if (this.#isIgnored(position)) continue;
      counted++;
      for (let i = 0; i < this.#columns.length; i++) this.#columns[i].open(position);
    }
    return counted;
  }

  // Pods on all nodes count, not only on feasible ones; on its own node, though, whatever the
  // policies.
  #countPods(pod: PodInfo, column: ConstraintColumn): void {
    const {constraint} = column;
    const {selector} = constraint;
    const nodes =
      selector === undefined || selector.length === 0
        ? noNodes
        : this.#cluster.matchingPods(pod.namespace, selector);
    const countsAll =
      column.perNode || (constraint.affinity === undefined && !constraint.honorsTaints);
    for (const [node, count] of nodes) {
      if (!column.perNode && this.#isIgnored(node.position)) continue;
      if (countsAll || includes(constraint, pod, node, this.#comparing)) {
        column.add(node.position, count);
      }
    }
  }

  score({position}: NodeInfo): number {
    if (this.#isIgnored(position)) return ignored;
    let score = 0;
    for (let i = 0; i < this.#columns.length; i++) score += this.#columns[i].scoreOf(position);
    // Go rounds halves away from zero; a score is never negative.
    return Math.round(score);
  }

  normalize(scores: Int32Array, count: number): void {
    let lowest = 2 ** 31 - 1;
    let highest = 0;
    for (let i = 0; i < count; i++) {
      if (scores[i] === ignored) continue;
      if (scores[i] < lowest) lowest = scores[i];
      if (scores[i] > highest) highest = scores[i];
    }
    for (let i = 0; i < count; i++) {
      if (scores[i] === ignored) scores[i] = 0;
      else if (highest === 0) scores[i] = 100;
      else scores[i] = (100 * (highest + lowest - scores[i])) / highest;
    }
  }

  #isIgnored(position: number): boolean {
    if (!this.#requiresAllKeys) return false;
    for (let i = 0; i < this.#columns.length; i++) {
      if (this.#columns[i].lacksKey(position)) return true;
    }
    return false;
  }
}

const nothing: Domains = {key: '', of: new Int32Array(0), values: [], lacking: false};

/**
 * One constraint's counts, by domain or, for the hostname, by node. Kept between pods and cleared.
 */
class ConstraintColumn {
  constraint: SpreadConstraint = {
    maxSkew: 1,
    topologyKey: '',
    minDomains: 1,
    selector: undefined,
    affinity: undefined,
    honorsTaints: false,
    self: 0,
  };
  perNode = false;
  #domains = nothing;
  #counts: Float64Array = new Float64Array(0);
  /**
   * Per domain: 1 once a feasible node has it. The place after the last is for nodes without the
   * key.
   */
  #isOpen: Uint8Array = new Uint8Array(0);
  #openCount = 0;
  #weight = 0;
  #base = 0;

  start(domains: Domains, constraint: SpreadConstraint, nodes: number): void {
    this.constraint = constraint;
    this.perNode = constraint.topologyKey === hostname;
    this.#domains = domains;
    const places = this.perNode ? nodes : domains.values.length + 1;
    if (this.#counts.length < places) {
      this.#counts = new Float64Array(places);
      this.#isOpen = new Uint8Array(places);
    } else {
      this.#counts.fill(0, 0, places);
      this.#isOpen.fill(0, 0, places);
    }
    this.#openCount = 0;
    this.#base = constraint.maxSkew - 1;
  }

  lacksKey(position: number): boolean {
    return this.#domains.of[position] < 0;
  }

  /** Stops once every domain is open: with a few zones that is soon. */
  openAll(nodes: readonly NodeInfo[]): void {
    const {values, lacking} = this.#domains;
    const all = this.perNode ? 0 : values.length + (lacking ? 1 : 0);
    for (let n = 0; n < nodes.length && this.#openCount < all; n++) this.open(nodes[n].position);
  }

  // As initPreScoreState: under the system's defaults a node without the key opens the domain ''.
  open(position: number): void {
    if (this.perNode) return;
    const domain = this.#domains.of[position];
    const place = domain < 0 ? this.#domains.values.length : domain;
    if (this.#isOpen[place] === 1) return;
    this.#isOpen[place] = 1;
    this.#openCount++;
  }

  setWeight(counted: number): void {
    this.#weight = log((this.perNode ? counted : this.#openCount) + 2);
  }

  add(position: number, pods: number): void {
    const domain = this.#domains.of[position];
    if (domain >= 0) this.#counts[this.perNode ? position : domain] += pods;
  }

  scoreOf(position: number): number {
    const domain = this.#domains.of[position];
    if (domain < 0) return 0;
    return this.#counts[this.perNode ? position : domain] * this.#weight + this.#base;
  }
}
