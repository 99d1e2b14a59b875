// What one scheduling cycle found: a node, or why there is none. Made once per cycle; what only a
// failed attempt is asked for (reasons by node, the message) is worked out when somebody asks.

import type {NodeInfo} from '../cache/node-info.ts';
import {fitMessage} from '../fit-message.ts';
import type {FilterFailures} from '../framework.ts';
import type {Failure} from '../profile.ts';
import {LazyRejections} from './lazy-rejections.ts';

export type Attempt = {
  readonly node: NodeInfo | undefined;
  /** Feasible nodes kept, at most as many as were looked for. */
  readonly feasible: number;
  /** Nodes that failed a filter. */
  readonly failed: number;
  /** Nodes that were scored: 0 when at most one was feasible. */
  readonly scored: number;
  readonly diagnosis: Diagnosis | undefined;
};

export class Diagnosis {
  readonly nodeCount: number;
  /** Set when PreFilter turned the pod away before any node was looked at. */
  readonly preFilter: Failure | undefined;
  /** How many nodes failed in which way. */
  readonly counts: ReadonlyMap<Failure, number>;
  /** Plugins that left only some nodes in question. */
  readonly restrictedBy: readonly string[];
  /** By node, as the cluster stands: to be asked before it changes. */
  readonly failures: () => ReadonlyMap<NodeInfo, Failure>;

  constructor(options: {
    nodeCount: number;
    preFilter: Failure | undefined;
    counts: ReadonlyMap<Failure, number>;
    restrictedBy?: readonly string[];
    failures: () => ReadonlyMap<NodeInfo, Failure>;
  }) {
    this.nodeCount = options.nodeCount;
    this.preFilter = options.preFilter;
    this.counts = options.counts;
    this.restrictedBy = options.restrictedBy ?? [];
    this.failures = options.failures;
  }

  /** Did the attempt itself go wrong, rather than the pod fit nowhere? */
  get isError(): boolean {
    return this.#all().some(({rejection}) => rejection.code === 'error');
  }

  /** Plugins that rejected the pod, anywhere. */
  rejectedBy(): ReadonlySet<string> {
    const rejectedBy = new Set(this.restrictedBy);
    for (const {plugin, alsoBy = []} of this.#all()) {
      rejectedBy.add(plugin);
      for (const other of alsoBy) rejectedBy.add(other);
    }
    return rejectedBy;
  }

  /** Those of them that only wait for something. */
  pendingOn(): ReadonlySet<string> {
    const pending = this.#all().filter(({rejection}) => rejection.code === 'pending');
    return new Set(pending.map(({plugin}) => plugin));
  }

  #all(): readonly Failure[] {
    return this.preFilter === undefined ? [...this.counts.keys()] : [this.preFilter];
  }

  /** For PostFilter plugins. */
  rejections(): FilterFailures {
    return new LazyRejections(this.failures);
  }

  /** As FitError.Error: `0/5 nodes are available: 2 Insufficient cpu, 3 node(s) …` */
  message(): string {
    if (this.nodeCount === 0) return 'no nodes available to schedule pods';
    const head = `0/${this.nodeCount} nodes are available`;
    if (this.preFilter !== undefined) {
      return `${head}: ${this.preFilter.rejection.reasons.join(', ')}.`;
    }
    const counts = new Map<string, number>();
    for (const [{rejection}, nodes] of this.counts) {
      for (const reason of rejection.reasons) counts.set(reason, (counts.get(reason) ?? 0) + nodes);
    }
    // As FitError: nodes that PreFilter left out count with one common reason.
    const seen = [...this.counts.values()].reduce((sum, nodes) => sum + nodes, 0);
    if (this.restrictedBy.length > 0 && seen < this.nodeCount) {
      const who = `plugin(s) [${[...this.restrictedBy].sort().join(' ')}]`;
      counts.set(`node(s) didn't satisfy ${who}`, this.nodeCount - seen);
    }
    return fitMessage(this.nodeCount, counts);
  }
}

/** For a search that noted each node's failure. */
export function notFound(
  nodeCount: number,
  failures: ReadonlyMap<NodeInfo, Failure>,
  restrictedBy: readonly string[] = [],
): Attempt {
  const counts = new Map<Failure, number>();
  for (const failure of failures.values()) counts.set(failure, (counts.get(failure) ?? 0) + 1);
  return {
    node: undefined,
    feasible: 0,
    failed: failures.size,
    scored: 0,
    diagnosis: new Diagnosis({
      nodeCount,
      preFilter: undefined,
      counts,
      restrictedBy,
      failures: () => failures,
    }),
  };
}

/** Nothing was looked at: there are no nodes, or PreFilter said no to all of them. */
export function rejectedBeforeNodes(
  nodes: readonly NodeInfo[],
  failure: Failure | undefined,
): Attempt {
  const diagnosis = new Diagnosis({
    nodeCount: nodes.length,
    preFilter: failure,
    counts: new Map(),
    failures: () => everyNode(nodes, failure),
  });
  return {node: undefined, feasible: 0, failed: 0, scored: 0, diagnosis};
}

// As kube-scheduler's absent-nodes status: only an `unschedulable` PreFilter lets preemption look
// at nodes.
function everyNode(
  nodes: readonly NodeInfo[],
  failure: Failure | undefined,
): ReadonlyMap<NodeInfo, Failure> {
  if (failure === undefined || failure.rejection.code !== 'unschedulable') return new Map();
  return new Map(nodes.map(node => [node, failure]));
}
