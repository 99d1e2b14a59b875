// What the comparison says of its primary figure, in one sentence; and what it does not say.

import type {Comparison, ComparisonRow} from '../../experiment/comparison.ts';
import {type Better, knownMetric} from '../../metrics/figure-kinds.ts';
import {
  type ComparedFigure,
  differs,
  judgedAs,
  spokenChance,
  spokenFigure,
} from './compared-figure.ts';
import {type Measure, measured, within} from './measure.ts';

export function verdict(comparison: Comparison, primary: ComparedFigure | undefined): string {
  if (comparison.primary === undefined) {
    return 'No primary figure was declared, so nothing is decided here: the figures below are findings to look into.';
  }
  const about = spokenFigure(comparison.primary);
  if (primary === undefined) return `No run gave the primary figure, ${about}.`;
  const others = primary.rows.filter(({variant}) => variant !== comparison.baseline);
  const base = comparison.variants[comparison.baseline].name;
  if (others.length === 0) return `There is only ${base}, so nothing to compare it with.`;
  const sure = others.filter(row => differs(row, comparison));
  const {better} = knownMetric(comparison.primary.metric);
  const telling = {comparison, about, base, better, measure: primary.measure};
  if (others.length === 1) return aboutOne(others[0], telling);
  if (sure.length === 0) {
    return `None of the ${others.length} others can be told apart from ${base} in ${about}.`;
  }
  return aboutMany(others.length, sure, telling);
}

type Telling = {
  readonly comparison: Comparison;
  readonly about: string;
  readonly base: string;
  readonly better: Better;
  readonly measure: Measure;
};

function aboutOne(row: ComparisonRow, telling: Telling): string {
  const {comparison, about, base, better, measure} = telling;
  const name = comparison.variants[row.variant].name;
  if (differs(row, comparison)) {
    return `In ${about}, ${name} is ${direction(row)} than ${base}, ${judgement(row, better)}by ${size(row, measure)}.`;
  }
  if (row.difference === 0 && (row.differenceLow ?? 0) === 0 && (row.differenceHigh ?? 0) === 0) {
    return `${name} gave the same ${about} as ${base} in every run.`;
  }
  const [low, high] = [row.differenceLow, row.differenceHigh];
  const own = within(measure, low, high);
  const range =
    low === undefined || high === undefined
      ? 'the runs do not say how far apart they may be'
      : `the difference lies between ${measured(low, own)} and ${measured(high, own)} ${measure.differenceUnit}`;
  return `${name} cannot be told apart from ${base} in ${about}: ${range}.`;
}

function aboutMany(count: number, sure: readonly ComparisonRow[], telling: Telling): string {
  const {comparison, about, base, better, measure} = telling;
  const sorted = [...sure].sort((a, b) => (a.difference ?? 0) - (b.difference ?? 0));
  const [least, most] = [sorted[0], sorted[sorted.length - 1]];
  const named = (row: ComparisonRow) => comparison.variants[row.variant].name;
  const told = [];
  if ((least.difference ?? 0) < 0)
    told.push(`lowest is ${named(least)}, ${judgement(least, better)}by ${size(least, measure)}`);
  if ((most.difference ?? 0) > 0) {
    told.push(`highest is ${named(most)}, ${judgement(most, better)}by ${size(most, measure)}`);
  }
  const rest = count - sure.length;
  const left =
    rest === 0 ? '' : `; the other ${rest === 1 ? 'one' : rest} cannot be told apart from it`;
  const verb = sure.length === 1 ? 'differs' : 'differ';
  return `Of ${count} others, ${sure.length} ${verb} from ${base} in ${about}: ${told.join('; ')}${left}.`;
}

function direction({difference}: ComparisonRow): string {
  return (difference ?? 0) < 0 ? 'lower' : 'higher';
}

/** Of metrics that have a better side. */
function judgement(row: ComparisonRow, better: Better): string {
  const judged = judgedAs(row, better);
  return judged === undefined ? '' : `${judged} `;
}

/** `3.2 s (1.1 to 5.3), 12 % of it, p = 0.003` */
function size(row: ComparisonRow, measure: Measure): string {
  const {difference = 0, differenceLow: low, differenceHigh: high, mean = 0} = row;
  const bounds = [low, high].flatMap(bound => (bound === undefined ? [] : [Math.abs(bound)]));
  const own = within(measure, low, high);
  const [near, far] = bounds.sort((a, b) => a - b);
  const range = bounds.length < 2 ? '' : ` (${measured(near, own)} to ${measured(far, own)})`;
  const base = mean - difference;
  const relative = Math.abs((difference / base) * 100);
  // A share's difference in points beside one in percent would be misread.
  const part =
    base !== 0 && Number.isFinite(relative) && measure.unit !== '%'
      ? ` or ${relative < 9.95 ? relative.toFixed(1) : relative.toFixed(0)} %`
      : '';
  const chance = spokenChance(row.adjustedP);
  const p = chance.startsWith('<') ? `p ${chance}` : `p = ${chance}`;
  return `${measured(Math.abs(difference), own)} ${measure.differenceUnit}${range}${part}, ${p}`;
}
