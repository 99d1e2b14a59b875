// From feasible nodes to totals: each plugin's scores, normalised over the feasible nodes, times
// its weight.

import type {NodeInfo} from '../cache/node-info.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {ScorePlugin} from '../plugin-set.ts';
import type {Profile} from '../profile.ts';
import {StrategyError} from '../strategy-error.ts';

/** The weighted totals; `totals[i]` belongs to `nodes[i]`. */
export function scoreNodes(profile: Profile, pod: PodInfo, nodes: readonly NodeInfo[]): Int32Array {
  const totals = new Int32Array(nodes.length);
  const scores = new Int32Array(nodes.length);
  const {score} = profile.plugins;
  for (let i = 0; i < score.length; i++) {
    if (!profile.preScore(i, pod, nodes)) continue;
    for (let j = 0; j < nodes.length; j++) scores[j] = scoreOf(score[i], pod, nodes[j]);
    score[i].plugin.normalizeScores?.(pod, scores, nodes);
    addWeighted(totals, scores, {plugin: score[i], nodes});
  }
  return totals;
}

/** Go's scores are whole numbers: what is behind the point is cut off. */
export function scoreOf(scorer: ScorePlugin, pod: PodInfo, node: NodeInfo): number {
  const score = scorer.plugin.score?.(pod, node) ?? 0;
  if (!Number.isFinite(score)) throw new StrategyError(outOfRange(scorer, node, score));
  return Math.trunc(score);
}

/**
 * As RunScorePlugins: a score outside 0…100 fails the attempt; here it is a plugin's broken
 * promise.
 */
export function addWeighted(
  totals: Int32Array,
  scores: Int32Array,
  {plugin, nodes}: {plugin: ScorePlugin; nodes: readonly NodeInfo[]},
): void {
  const {weight} = plugin;
  for (let j = 0; j < nodes.length; j++) {
    const score = scores[j];
    if (score < 0 || score > 100) throw new StrategyError(outOfRange(plugin, nodes[j], score));
    totals[j] += weight * score;
  }
}

export function outOfRange({name}: ScorePlugin, node: NodeInfo, score: number): string {
  return `plugin ${name} gave node ${node.name} the score ${score}; scores go from 0 to 100`;
}

/** Places of the highest total, in order. */
export function bestOf(totals: Int32Array, count: number): Int32Array {
  let highest = -1;
  let ties = 0;
  for (let i = 0; i < count; i++) {
    if (totals[i] > highest) {
      highest = totals[i];
      ties = 0;
    }
    if (totals[i] === highest) ties++;
  }
  const best = new Int32Array(ties);
  for (let i = 0, place = 0; place < ties; i++) if (totals[i] === highest) best[place++] = i;
  return best;
}
