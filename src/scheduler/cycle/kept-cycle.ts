// The scheduling cycle made fast without changing a decision: nodes that have not changed since
// they were last asked by a pod of the same shape are not asked again. The search still goes node
// by node in list order from the start index, but where the answer stands it reads two numbers
// instead of running plugins. Whatever is rare or depends on more than the node is left to the
// plain cycle, or asked in every cycle.

import type {SchedulerCache} from '../cache/cache.ts';
import type {NodeInfo} from '../cache/node-info.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {Failure, Profile} from '../profile.ts';
import {type Attempt, notFound, rejectedBeforeNodes} from './attempt.ts';
import {type Cycle, type CycleRules, chooseAmong, wantedNodes} from './cycle.ts';
import {AnswerBook, KeptAnswers} from './kept-answers.ts';
import {keptDiagnosis} from './kept-diagnosis.ts';
import {type KeptPlan, planFor} from './kept-plan.ts';
import {answer, type Question} from './kept-question.ts';
import {pickedPlace, sweep, totalsDecide} from './kept-sweep.ts';
import {PlainCycle} from './plain-cycle.ts';
import {addWeighted, bestOf, scoreOf} from './scoring.ts';

/** Answers beyond this are given up, oldest first: 64 MiB hold 1,600 shapes at 5,000 nodes. */
const mostBytes = 64 * 1024 * 1024;

type Kept = {readonly plan: KeptPlan; readonly book: AnswerBook};

export class KeptCycle implements Cycle {
  readonly #cache: SchedulerCache;
  readonly #rules: CycleRules;
  readonly #plain: PlainCycle;
  readonly #kept = new Map<Profile, Kept>();
  #nodes: readonly NodeInfo[] = [];

  // One cycle's feasible list as positions, and the places in it with the best total so far.
  #positions = new Int32Array(0);
  #totals = new Int32Array(0);
  #scores = new Int32Array(0);
  #best = new Int32Array(0);
  #bestCount = 0;
  readonly #feasible: NodeInfo[] = [];
  #listed = false;
  #found = 0;
  #failed = 0;
  readonly #askedFailures = new Map<number, Failure>();

  constructor(cache: SchedulerCache, rules: CycleRules) {
    this.#cache = cache;
    this.#rules = rules;
    this.#plain = new PlainCycle(cache, rules);
  }

  get start(): number {
    return this.#plain.start;
  }

  set start(start: number) {
    this.#plain.start = start;
  }

  try(profile: Profile, pod: PodInfo, attempt: number): Attempt {
    const {nodes} = this.#cache;
    if (nodes.length === 0 || pod.nominatedNode !== undefined) {
      return this.#plain.try(profile, pod, attempt);
    }
    const preFilter = profile.preFilter(pod);
    if (preFilter.failure !== undefined) return rejectedBeforeNodes(nodes, preFilter.failure);
    if (preFilter.only !== undefined) return this.#plain.try(profile, pod, attempt);

    const question = this.#question(profile, pod, nodes);
    const wanted = wantedNodes(this.#rules, profile, nodes.length);
    const asksFilters = this.#asksFilters(question);
    if (!asksFilters && this.#sweeps(question, wanted)) return this.#sweep(question);
    if (asksFilters) this.#searchAsking(question, wanted);
    else this.#search(question, wanted);
    return this.#decide(question, attempt, asksFilters);
  }

  #question(profile: Profile, pod: PodInfo, nodes: readonly NodeInfo[]): Question {
    if (nodes !== this.#nodes) this.#startOver(nodes);
    let kept = this.#kept.get(profile);
    if (kept === undefined) {
      kept = {plan: planFor(profile.plugins), book: new AnswerBook(mostBytes)};
      this.#kept.set(profile, kept);
    }
    const {plan, book} = kept;
    const {nodesVersion} = this.#cache;
    const answers = book.of(
      pod.shape.answerClass,
      () => new KeptAnswers(nodes.length, plan.normalised.length, nodesVersion),
    );
    if (answers.nodesVersion !== nodesVersion) {
      answers.stamps.fill(-1);
      answers.seen = -Infinity;
      answers.nodesVersion = nodesVersion;
    }
    // Plugins whose scores are kept look at the pod here, before any node is known.
    for (const {index} of plan.plain) profile.preScore(index, pod, none);
    for (const {index} of plan.normalised) profile.preScore(index, pod, none);
    if (plan.lone !== undefined) profile.preScore(plan.lone.index, pod, none);
    return {profile, pod, plan, answers, objectVersions: this.#cache.objectVersions};
  }

  #startOver(nodes: readonly NodeInfo[]): void {
    this.#nodes = nodes;
    for (const {book} of this.#kept.values()) book.clear();
    this.#positions = new Int32Array(nodes.length);
    this.#totals = new Int32Array(nodes.length);
    this.#scores = new Int32Array(nodes.length);
    this.#best = new Int32Array(nodes.length);
  }

  #asksFilters({profile, plan}: Question): boolean {
    if (!this.#cache.nominations.empty) return true;
    const {filter} = profile.plugins;
    for (let i = plan.keptFilters; i < filter.length; i++) {
      if (!profile.filterSkipped[i]) return true;
    }
    return false;
  }

  /** Does every node count, from the first on, and its kept total alone? */
  #sweeps(question: Question, wanted: number): boolean {
    const {length} = this.#nodes;
    return wanted >= length && this.#plain.start % length === 0 && totalsDecide(question);
  }

  #sweep(question: Question): Attempt {
    this.#plain.start = 0;
    this.#failed = this.#nodes.length;
    return sweep(question, this.#nodes, this.#cache) ?? this.#notFound(question, false);
  }

  // The hot loop of the whole simulator: two reads and two comparisons for a node that stands
  // unchanged.
  #search(question: Question, wanted: number): void {
    const {totals, stamps} = question.answers;
    const {versions} = this.#cache;
    const positions = this.#positions;
    const best = this.#best;
    const count = versions.length;
    // The list may have become shorter since.
    let at = this.#plain.start % count;
    let found = 0;
    let highest = -1;
    let looked = 0;
    let bestCount = 0;
    for (; looked < count; looked++) {
      if (stamps[at] !== versions[at]) this.#answer(question, at);
      const total = totals[at];
      if (total >= 0) {
        if (found === wanted) break;
        positions[found] = at;
        if (total > highest) {
          highest = total;
          bestCount = 0;
        }
        if (total === highest) best[bestCount++] = found;
        found++;
      }
      if (++at === count) at = 0;
    }
    this.#plain.start = at;
    this.#found = found;
    this.#failed = looked - found;
    this.#bestCount = bestCount;
  }

  #answer(question: Question, at: number): void {
    question.answers.stamps[at] = this.#cache.versions[at];
    answer(question, this.#nodes[at], at);
  }

  /** The same search where some filters must be asked, or nominated pods counted in. */
  #searchAsking(question: Question, wanted: number): void {
    const {versions} = this.#cache;
    let at = this.#plain.start % versions.length;
    let looked = 0;
    this.#found = 0;
    this.#askedFailures.clear();
    for (; looked < versions.length; looked++) {
      if (this.#fits(question, at)) {
        if (this.#found === wanted) break;
        this.#positions[this.#found++] = at;
      }
      at = at + 1 === versions.length ? 0 : at + 1;
    }
    this.#plain.start = at;
    this.#failed = looked - this.#found;
  }

  #fits(question: Question, at: number): boolean {
    const failure = this.#failureAt(question, at);
    if (failure === undefined) return true;
    this.#askedFailures.set(at, failure);
    return false;
  }

  #failureAt(question: Question, at: number): Failure | undefined {
    const {profile, pod, plan, answers} = question;
    const node = this.#nodes[at];
    if (answers.stamps[at] !== this.#cache.versions[at]) this.#answer(question, at);
    const {nominations} = this.#cache;
    if (!nominations.empty && nominations.on(node.name).length > 0) {
      return profile.filterWithNominated(pod, node);
    }
    if (answers.totals[at] < 0) return answers.failureOf(answers.totals[at]);
    const {filter} = profile.plugins;
    for (let i = plan.keptFilters; i < filter.length; i++) {
      if (profile.filterSkipped[i]) continue;
      const rejection = filter[i].plugin.filter?.(pod, node);
      if (rejection !== undefined) return profile.failure(filter[i].name, rejection);
    }
    return undefined;
  }

  #decide(question: Question, attempt: number, asked: boolean): Attempt {
    const found = this.#found;
    const failed = this.#failed;
    if (found === 0) return this.#notFound(question, asked);
    const nodes = this.#nodes;
    if (found === 1) {
      const node = nodes[this.#positions[0]];
      return {node, feasible: 1, failed, scored: 0, diagnosis: undefined};
    }
    const {picker} = question.plan;
    if (picker !== undefined) {
      const node = nodes[this.#positions[pickedPlace(picker, question.pod, found)]];
      return {node, feasible: found, failed, scored: found, diagnosis: undefined};
    }
    const scores = this.#scoringPlugins(question);
    const best = asked || scores ? this.#score(question) : this.#best.subarray(0, this.#bestCount);
    const {profile, pod} = question;
    const chosen = chooseAmong(this.#rules, best, {profile, pod, attempt});
    const node = nodes[this.#positions[chosen]];
    return {node, feasible: found, failed, scored: found, diagnosis: undefined};
  }

  // Most pods have no affinity and no spread constraints: then the kept totals are the whole score.
  #scoringPlugins({profile, pod, plan, answers}: Question): boolean {
    this.#listed = false;
    let scoring = answers.varies.includes(true);
    for (const {index, plugin} of plan.asked) {
      const silent = plugin.scoresNothing?.(pod) === true;
      if (silent) profile.scoreSkipped[index] = true;
      else if (profile.preScore(index, pod, this.#feasibleNodes())) scoring = true;
    }
    return scoring;
  }

  /** Listed only where a plugin asks for them: a list takes as long as the search. */
  #feasibleNodes(): readonly NodeInfo[] {
    const feasible = this.#feasible;
    if (this.#listed) return feasible;
    feasible.length = this.#found;
    for (let i = 0; i < this.#found; i++) feasible[i] = this.#nodes[this.#positions[i]];
    this.#listed = true;
    return feasible;
  }

  // Kept totals, plus what has to be normalised over, or asked of, these very nodes.
  #score({profile, pod, plan, answers}: Question): Int32Array {
    const found = this.#found;
    const positions = this.#positions;
    const nodes = this.#feasibleNodes();
    const totals = this.#totals.subarray(0, found);
    const scores = this.#scores.subarray(0, found);
    for (let i = 0; i < found; i++) totals[i] = answers.totals[positions[i]];
    for (let k = 0; k < plan.normalised.length; k++) {
      const plugin = plan.normalised[k];
      if (!answers.varies[k] || profile.scoreSkipped[plugin.index]) continue;
      for (let i = 0; i < found; i++) scores[i] = answers.raws[k][positions[i]];
      plugin.plugin.normalizeScores?.(pod, scores, nodes);
      addWeighted(totals, scores, {plugin, nodes});
    }
    for (const plugin of plan.asked) {
      if (profile.scoreSkipped[plugin.index]) continue;
      for (let i = 0; i < found; i++) scores[i] = scoreOf(plugin, pod, nodes[i]);
      plugin.plugin.normalizeScores?.(pod, scores, nodes);
      addWeighted(totals, scores, {plugin, nodes});
    }
    return bestOf(totals, found);
  }

  #notFound({answers}: Question, asked: boolean): Attempt {
    const nodes = this.#nodes;
    if (asked) {
      const failures = new Map<NodeInfo, Failure>();
      for (const [at, failure] of this.#askedFailures) failures.set(nodes[at], failure);
      return notFound(nodes.length, failures);
    }
    const diagnosis = keptDiagnosis(answers, nodes);
    return {node: undefined, feasible: 0, failed: this.#failed, scored: 0, diagnosis};
  }
}

const none: readonly NodeInfo[] = [];
