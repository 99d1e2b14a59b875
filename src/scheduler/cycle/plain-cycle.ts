// The scheduling cycle as kube-scheduler has it (pkg/scheduler/schedule_one.go), without any
// shortcut: the specification that the faster cycle is held against.

import type {SchedulerCache} from '../cache/cache.ts';
import type {NodeInfo} from '../cache/node-info.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {Failure, Profile} from '../profile.ts';
import {type Attempt, notFound, rejectedBeforeNodes} from './attempt.ts';
import {type Cycle, type CycleRules, chooseAmong, wantedNodes} from './cycle.ts';
import {bestOf, scoreNodes} from './scoring.ts';

export class PlainCycle implements Cycle {
  start = 0;
  readonly #cache: SchedulerCache;
  readonly #rules: CycleRules;

  constructor(cache: SchedulerCache, rules: CycleRules) {
    this.#cache = cache;
    this.#rules = rules;
  }

  try(profile: Profile, pod: PodInfo, attempt: number): Attempt {
    const {nodes} = this.#cache;
    if (nodes.length === 0) return rejectedBeforeNodes(nodes, undefined);
    const preFilter = profile.preFilter(pod);
    if (preFilter.failure !== undefined) return rejectedBeforeNodes(nodes, preFilter.failure);

    const failures = new Map<NodeInfo, Failure>();
    const nominated = this.#nominatedNode(pod);
    if (nominated !== undefined) {
      const refusal = profile.filterWithNominated(pod, nominated);
      // Room was made there for this very pod: it is taken without looking further.
      if (refusal === undefined) return found(nominated, {feasible: 1, failed: 0, scored: 0});
      failures.set(nominated, refusal);
    }
    const {only, restrictedBy} = preFilter;
    const feasible = this.#search({profile, pod, only, failures});
    if (feasible.length === 0) return notFound(nodes.length, failures, restrictedBy);
    const counts = {feasible: feasible.length, failed: failures.size};
    if (feasible.length === 1) return found(feasible[0], {...counts, scored: 0});
    const best = bestOf(scoreNodes(profile, pod, feasible), feasible.length);
    const chosen = chooseAmong(this.#rules, best, {profile, pod, attempt});
    return found(feasible[chosen], {...counts, scored: feasible.length});
  }

  #nominatedNode(pod: PodInfo): NodeInfo | undefined {
    return pod.nominatedNode === undefined ? undefined : this.#cache.node(pod.nominatedNode);
  }

  // The search ends at the first feasible node more than wanted, and the next one starts there.
  #search({profile, pod, only, failures}: SearchOptions): NodeInfo[] {
    const {nodes} = this.#cache;
    const among = only === undefined ? nodes : nodes.filter(({name}) => only.has(name));
    const wanted = wantedNodes(this.#rules, profile, among.length);
    const feasible: NodeInfo[] = [];
    for (let i = 0; i < among.length; i++) {
      const node = among[(this.start + i) % among.length];
      const failure = profile.filterWithNominated(pod, node);
      if (failure !== undefined) {
        failures.set(node, failure);
        continue;
      }
      if (feasible.length === wanted) break;
      feasible.push(node);
    }
    this.start = (this.start + feasible.length + failures.size) % nodes.length;
    return feasible;
  }
}

type SearchOptions = {
  readonly profile: Profile;
  readonly pod: PodInfo;
  readonly only: ReadonlySet<string> | undefined;
  readonly failures: Map<NodeInfo, Failure>;
};

function found(
  node: NodeInfo,
  counts: {feasible: number; failed: number; scored: number},
): Attempt {
  return {node, ...counts, diagnosis: undefined};
}
