// What is asked of a node once and kept: the filters that may be, the scores that are added at
// once, and those that are normalised in each cycle.

import type {NodeInfo} from '../cache/node-info.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {Profile} from '../profile.ts';
import {StrategyError} from '../strategy-error.ts';
import type {KeptAnswers} from './kept-answers.ts';
import type {KeptPlan, KeptScorer} from './kept-plan.ts';
import {outOfRange, scoreOf} from './scoring.ts';

const rawLimit = 2 ** 29;

export type Question = {
  readonly profile: Profile;
  readonly pod: PodInfo;
  readonly plan: KeptPlan;
  readonly answers: KeptAnswers;
  /** Of the nodes' objects, by place in the list. */
  readonly objectVersions: Int32Array;
};

/** Into the answers, at the node's place in the list. */
export function answer(question: Question, node: NodeInfo, at: number): void {
  const {profile, pod, plan, answers} = question;
  const failure = keptFailure(question, node, at);
  if (failure < 0) {
    answers.totals[at] = failure;
    return;
  }
  if (plan.lone !== undefined) {
    answers.totals[at] = loneTotal(question, plan.lone, node);
    return;
  }
  answers.totals[at] = plainTotal(question, node);
  for (let i = 0; i < plan.normalised.length; i++) {
    const scorer = plan.normalised[i];
    const {index} = scorer;
    const raw = profile.scoreSkipped[index] ? 0 : scoreOf(scorer, pod, node);
    answers.raws[i][at] = raw;
    if (raw !== 0) answers.varies[i] = true;
  }
}

// Totals are from 0 on, and a raw score may be below: all are moved up alike.
function loneTotal({profile, pod}: Question, scorer: KeptScorer, node: NodeInfo): number {
  if (profile.scoreSkipped[scorer.index]) return 0;
  const score = scoreOf(scorer, pod, node);
  if (Math.abs(score) < rawLimit) return score + rawLimit;
  const limits = `within ${rawLimit} of 0`;
  throw new StrategyError(
    `plugin ${scorer.name} gave node ${node.name} the score ${score}; expected one ${limits}`,
  );
}

function plainTotal({profile, pod, plan}: Question, node: NodeInfo): number {
  let total = 0;
  for (let i = 0; i < plan.plain.length; i++) {
    const scorer = plan.plain[i];
    if (profile.scoreSkipped[scorer.index]) continue;
    const score = scoreOf(scorer, pod, node);
    if (score < 0 || score > 100) throw new StrategyError(outOfRange(scorer, node, score));
    total += scorer.weight * score;
  }
  return total;
}

/** The code of the first failure; 0: none. */
function keptFailure(question: Question, node: NodeInfo, at: number): number {
  const {plan, answers, objectVersions} = question;
  if (answers.objectStamps[at] !== objectVersions[at]) {
    const failure = firstFailure(question, node, {from: 0, to: plan.objectFilters});
    if (failure < 0) return failure;
    answers.objectStamps[at] = objectVersions[at];
  }
  return firstFailure(question, node, {from: plan.objectFilters, to: plan.keptFilters});
}

function firstFailure(
  {profile, pod, answers}: Question,
  node: NodeInfo,
  {from, to}: {from: number; to: number},
): number {
  const {filter} = profile.plugins;
  for (let i = from; i < to; i++) {
    if (profile.filterSkipped[i]) continue;
    const rejection = filter[i].plugin.filter?.(pod, node);
    if (rejection !== undefined) return answers.codeOf(i, rejection, profile);
  }
  return 0;
}
