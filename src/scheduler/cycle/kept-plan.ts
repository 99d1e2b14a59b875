// Which of a profile's plugins answer from the pod's shape and the node alone, so that their
// answers can be kept, and which must be asked in every cycle. Worked out once per profile from
// what they declare.

import type {NamedPlugin, PluginSet, ScorePlugin} from '../plugin-set.ts';

export type KeptScorer = ScorePlugin & {readonly index: number};

export type KeptPlan = {
  /**
   * The first so many filters are kept: the first failure decides, so a kept one behind an asked
   * one cannot be.
   */
  readonly keptFilters: number;
  /** The first so many of those read a node's object alone, whatever pods come and go. */
  readonly objectFilters: number;
  /** Kept, and added to the total at once. */
  readonly plain: readonly KeptScorer[];
  /** Kept raw, normalised in each cycle. */
  readonly normalised: readonly KeptScorer[];
  /** The totals say it all: nothing is normalised, nothing asked. */
  readonly totalsDecide: boolean;
  /** Asked in each cycle. */
  readonly asked: readonly KeptScorer[];
  /** The only scorer, whose raw scores say as well who is best: kept as totals. */
  readonly lone: KeptScorer | undefined;
  /** The only scorer, which says at once where a pod goes. */
  readonly picker: KeptScorer | undefined;
};

export function planFor({filter, score}: PluginSet): KeptPlan {
  const firstAsked = filter.findIndex(entry => !keepsFilter(entry));
  const scorers = score.map((scorer, index) => ({...scorer, index}));
  const kept = scorers.filter(({plugin}) => plugin.reads?.score !== undefined);
  const keptFilters = firstAsked === -1 ? filter.length : firstAsked;
  const objectFilters = filter
    .slice(0, keptFilters)
    .findIndex(({plugin}) => plugin.reads?.filter !== 'object');
  const filters = {keptFilters, objectFilters: objectFilters === -1 ? keptFilters : objectFilters};
  const nothing = {
    ...filters,
    ...{plain: [], normalised: [], asked: [], lone: undefined, totalsDecide: true},
  };
  if (scorers.length === 1) {
    const [only] = scorers;
    if (only.plugin.pick !== undefined) return {...nothing, picker: only};
    if (kept.length === 1 && only.plugin.keepsHighest) {
      return {...nothing, lone: only, picker: undefined};
    }
  }
  return {
    ...filters,
    totalsDecide: scorers.every(
      ({plugin}) => plugin.reads?.score !== undefined && plugin.normalizeScores === undefined,
    ),
    lone: undefined,
    picker: undefined,
    plain: kept.filter(({plugin}) => plugin.normalizeScores === undefined),
    normalised: kept.filter(({plugin}) => plugin.normalizeScores !== undefined),
    asked: scorers.filter(({plugin}) => plugin.reads?.score === undefined),
  };
}

function keepsFilter({plugin}: NamedPlugin): boolean {
  return plugin.reads?.filter !== undefined;
}
