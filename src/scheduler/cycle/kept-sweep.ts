// The search among kept answers where every node counts and the first of equals is taken, as
// strategies that are compared do: nodes that have not changed since are not even looked at, and
// the rest is one pass over numbers.

import type {SchedulerCache} from '../cache/cache.ts';
import type {NodeInfo} from '../cache/node-info.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import {StrategyError} from '../strategy-error.ts';
import type {Attempt} from './attempt.ts';
import type {KeptScorer} from './kept-plan.ts';
import {answer, type Question} from './kept-question.ts';

/** Whether the kept totals alone say which of all nodes it is. */
export function totalsDecide({profile, plan}: Question): boolean {
  if (plan.picker !== undefined) return true;
  return profile.firstOfTies && plan.totalsDecide;
}

/** `undefined`: no node is feasible. */
export function sweep(
  question: Question,
  nodes: readonly NodeInfo[],
  cache: SchedulerCache,
): Attempt | undefined {
  renew(question, nodes, cache);
  const {totals} = question.answers;
  let found = 0;
  let best = -1;
  let highest = -1;
  for (let at = 0; at < totals.length; at++) {
    const total = totals[at];
    if (total < 0) continue;
    found++;
    if (total <= highest) continue;
    highest = total;
    best = at;
  }
  if (found === 0) return undefined;
  const failed = totals.length - found;
  if (found === 1) {
    return {node: nodes[best], feasible: 1, failed, scored: 0, diagnosis: undefined};
  }
  const {picker} = question.plan;
  const at =
    picker === undefined ? best : feasibleAt(totals, pickedPlace(picker, question.pod, found));
  return {node: nodes[at], feasible: found, failed, scored: found, diagnosis: undefined};
}

/** Which of so many feasible nodes the plugin picks, as a place in their list. */
export function pickedPlace({name, plugin}: KeptScorer, pod: PodInfo, found: number): number {
  const place = plugin.pick?.(pod, found) ?? -1;
  if (Number.isInteger(place) && place >= 0 && place < found) return place;
  throw new StrategyError(`plugin ${name} picked node ${place} of ${found}`);
}

// Whatever changed since the last sweep is asked again.
function renew(
  question: Question,
  nodes: readonly NodeInfo[],
  {changed, versions}: SchedulerCache,
): void {
  const {answers} = question;
  const {stamps} = answers;
  const fromLog = changed.reaches(answers.seen);
  const end = fromLog ? changed.count : versions.length;
  for (let i = fromLog ? answers.seen : 0; i < end; i++) {
    const at = fromLog ? changed.at(i) : i;
    if (stamps[at] === versions[at]) continue;
    stamps[at] = versions[at];
    answer(question, nodes[at], at);
  }
  answers.seen = changed.count;
}

function feasibleAt(totals: Int32Array, place: number): number {
  let left = place;
  for (let at = 0; at < totals.length; at++) if (totals[at] >= 0 && left-- === 0) return at;
  return -1;
}
