// What is asked of a node once and kept: the filters that may be, the scores that are added at
// once, and those that are normalised in each cycle.

import type {KeptAnswers} from './kept-answers.ts';
import type {KeptPlan} from './kept-plan.ts';
import type {NodeInfo} from './node-info.ts';
import type {PodInfo} from './pod-info.ts';
import type {Failure, Profile} from './profile.ts';
import {outOfRange} from './scoring.ts';

export type Question = {
  readonly profile: Profile;
  readonly pod: PodInfo;
  readonly plan: KeptPlan;
  readonly answers: KeptAnswers;
};

/** Into the answers, at the node's place in the list. */
export function answer(question: Question, node: NodeInfo, at: number): void {
  const {profile, pod, plan, answers} = question;
  const failure = keptFailure(question, node);
  if (failure !== undefined) {
    answers.totals[at] = answers.codeOf(failure);
    return;
  }
  answers.totals[at] = plainTotal(question, node);
  for (let i = 0; i < plan.normalised.length; i++) {
    const {index, plugin} = plan.normalised[i];
    const raw = profile.scoreSkipped[index] ? 0 : (plugin.score?.(pod, node) ?? 0);
    answers.raws[i][at] = raw;
    if (raw !== 0) answers.varies[i] = true;
  }
}

function plainTotal({profile, pod, plan}: Question, node: NodeInfo): number {
  let total = 0;
  for (let i = 0; i < plan.plain.length; i++) {
    const scorer = plan.plain[i];
    if (profile.scoreSkipped[scorer.index]) continue;
    const score = scorer.plugin.score?.(pod, node) ?? 0;
    if (!(score >= 0 && score <= 100)) throw new Error(outOfRange(scorer, node, score));
    total += scorer.weight * Math.trunc(score);
  }
  return total;
}

function keptFailure({profile, pod, plan}: Question, node: NodeInfo): Failure | undefined {
  const {filter} = profile.plugins;
  for (let i = 0; i < plan.keptFilters; i++) {
    if (profile.filterSkipped[i]) continue;
    const rejection = filter[i].plugin.filter?.(pod, node);
    if (rejection !== undefined) return profile.failure(filter[i].name, rejection);
  }
  return undefined;
}
