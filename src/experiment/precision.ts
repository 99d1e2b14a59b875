// How many replications it takes until the figure that decides is known well enough. It is looked
// at after fixed numbers of them, so the answer is the same whatever plays the runs.

import {knownMetric} from '../metrics/figure-kinds.ts';
import {compareObservations, type Design} from './compare-observations.ts';
import type {ComparisonRow} from './comparison.ts';
import {type FigureName, figureText, isFigure} from './figure-name.ts';
import type {Observation} from './observation.ts';
import {nextLook, preciseEnough} from './statistics/precision-rule.ts';

export type Precision = {
  /** Every variant is to have so many: more than now where another round is wanted. */
  readonly replications: number;
  /** Half the interval against the mean, of the variant of which least is known. */
  readonly relative: number | undefined;
  /** A sentence where it gave up. */
  readonly warning: string | undefined;
};

export type WantedPrecision = {
  /** Of half the interval against the mean; of what should be near 1, against what is missing. */
  readonly precision: number;
  readonly maxReplications: number;
};

/** After a round in which every variant has so many `replications`. */
export function precisionOf(
  design: Design,
  {precision, maxReplications}: WantedPrecision,
  observations: readonly Observation[],
): Precision {
  const replications = 1 + Math.max(-1, ...observations.map(run => run.replication));
  const relative = leastKnown(design, observations);
  if (preciseEnough({relative, wanted: precision, replications})) {
    return {replications, relative, warning: undefined};
  }
  // Where no run has the figure, none will: that is told elsewhere.
  if (!observations.some(run => has(run, design))) {
    return {replications, relative, warning: undefined};
  }
  if (replications >= maxReplications) {
    const reached = relative === undefined ? 'unknown' : `known to ${percent(relative)}`;
    const end = `not to ${percent(precision)}, after ${replications} replications; see --max-replications`;
    return {replications, relative, warning: `${nameOf(design)} is ${reached}, ${end}`};
  }
  return {
    replications: Math.min(maxReplications, nextLook(replications)),
    relative,
    warning: undefined,
  };
}

/** The worst of all variants; `undefined` where of one nothing is known. */
function leastKnown(design: Design, observations: readonly Observation[]): number | undefined {
  const {rows} = compareObservations(
    design,
    observations.map(run => onlyPrimary(run, design)),
  );
  const primary = rows.filter(row => isFigure(row, design.primary));
  if (primary.length < design.variants.length) return undefined;
  let worst = 0;
  for (const row of primary) {
    const relative = relativeWidth(row);
    if (relative === undefined) return undefined;
    worst = Math.max(worst, relative);
  }
  return worst;
}

/** The wider side of a lopsided interval. What never varies is known exactly. */
function relativeWidth({metric, mean, low, high, n, method}: ComparisonRow): number | undefined {
  if (mean !== undefined && n > 1 && method.startsWith('constant')) return 0;
  if (mean === undefined || low === undefined || high === undefined) return undefined;
  const {kind, better} = knownMetric(metric);
  const isNearOne = better === 'more' && (kind === 'availability' || kind === 'trials');
  const size = Math.abs(isNearOne ? 1 - mean : mean);
  return size === 0 ? undefined : Math.max(high - mean, mean - low) / size;
}

/** With what its limit follows from; all other figures would be worked out for nothing. */
function onlyPrimary(run: Observation, {primary, analysis}: Design): Observation {
  if (analysis === 'steady') {
    return {...run, series: run.series.filter(series => isFigure(series, primary))};
  }
  const {sumOver = ''} = knownMetric(primary?.metric ?? '');
  const under = {metric: sumOver, object: ''};
  const figures = run.figures.filter(each => isFigure(each, primary) || isFigure(each, under));
  return {...run, figures};
}

function has(run: Observation, {primary, analysis}: Design): boolean {
  const named: readonly FigureName[] = analysis === 'steady' ? run.series : run.figures;
  return named.some(each => isFigure(each, primary));
}

function nameOf({primary}: Design): string {
  return primary === undefined ? 'no figure' : figureText(primary);
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}
