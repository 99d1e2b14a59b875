// Of each variant the figures that differ from the baseline's beyond chance, the largest effects
// first, and how many do not.

import type {Comparison, ComparisonRow} from '../experiment/comparison.ts';
import {figureText, isFigure} from '../experiment/figure-name.ts';
import {knownMetric} from '../metrics/figure-kinds.ts';
import type {Colours} from './comparison-figure.ts';
import {unknown} from './figure-lookup.ts';
import {differenceText, fittingUnit, valueText} from './figure-scale.ts';
import {fittingText, terminalWidth, widthOf} from './fitting-text.ts';
import {plainTable, tableText} from './plain-table.ts';
import {counted, readableCount} from './readable.ts';
import {shortened, variantLabels} from './variant-labels.ts';
import {coloured, type Verdict, verdictOf} from './verdict.ts';

/** One a variant beside the baseline. */
export function differenceSections(comparison: Comparison, colours: Colours): string[] {
  const {variants, baseline} = comparison;
  const others = variants.filter(({index}) => index !== baseline);
  if (others.length > sectionsAtMost) return [colours.dim('All other figures are in compare.csv')];
  const most = Math.min(16, Math.max(4, Math.floor(40 / others.length)));
  return others.map(({index}) => variantSection(comparison, {variant: index, most}, colours));
}

function variantSection(
  comparison: Comparison,
  {variant, most}: {variant: number; most: number},
  colours: Colours,
): string {
  const rows = comparison.rows.filter(
    row =>
      row.variant === variant && row.difference !== undefined && !isFigure(row, comparison.primary),
  );
  if (rows.length === 0) return '';
  const isTested = rows.some(({n, p}) => n > 1 && p !== undefined);
  const proven = rows.filter(row =>
    isTested ? ['better', 'worse', 'differs'].includes(verdictOf(row)) : row.difference !== 0,
  );
  const pairs = proven
    .map(row => ({row, other: baselineRow(comparison, row)}))
    .toSorted((one, other) => effect(other) - effect(one));
  const {labels} = variantLabels(comparison.variants);
  const [label, against] = [labels[variant], labels[comparison.baseline]];
  const shown = foremost(pairs, most);
  const left = pairs.length - shown.length;
  return [
    `${colours.bold(label)} ${colours.dim('against')} ${against}`,
    ...(shown.length > 0 ? [differenceTable(shown, [against, label], colours)] : []),
    colours.dim(isTested ? closing(rows, {proven: proven.length, left}) : untested),
  ].join('\n');
}

/** Figures of the whole run, then a few of single objects, of which there may be many alike. */
function foremost(pairs: readonly Pair[], most: number): Pair[] {
  const whole = pairs.filter(({row}) => row.object === '').slice(0, most);
  const single = pairs.filter(({row}) => row.object !== '');
  return [...whole, ...single.slice(0, Math.max(3, most - whole.length))];
}

/** As wide as a terminal: names of figures give way. */
function differenceTable(
  pairs: readonly Pair[],
  labels: readonly string[],
  colours: Colours,
): string {
  const rest = pairs.map(pair => differenceCells(pair, colours));
  const heads = labels.map(label => shortened(label, 12));
  const texts = (width: number) => {
    const table = plainTable(['', ...heads, 'difference', ' '], ['', ' ']);
    for (const [i, {row}] of pairs.entries()) {
      table.push([shortened(figureText(row), width), ...rest[i]]);
    }
    return tableText(table);
  };
  const longest = Math.max(...pairs.map(({row}) => figureText(row).length));
  const width = Math.min(figureWidth, longest);
  const wide = texts(width);
  return fittingText(
    () => wide,
    () => texts(Math.max(leastWidth, width - (widthOf(wide) - terminalWidth))),
  );
}

function differenceCells({row, other}: Pair, colours: Colours): string[] {
  const {difference = 0, differenceLow: low, differenceHigh: high} = row;
  const means = [other, row].map(one => {
    if (one?.mean === undefined) return unknown;
    return valueText(one.mean, one, fittingUnit(one.unit, [one.mean]));
  });
  const unit = fittingUnit(row.unit, [difference]);
  const text = differenceText(difference, {low, high}, unit);
  return [...means, `${text} ${unit.name}`.trimEnd(), coloured(verdictOf(row), colours)];
}

const leastWidth = 16;
const sectionsAtMost = 12;
const untested = 'one run each: chance alone may have made all of this';
const figureWidth = 36;

type Pair = {readonly row: ComparisonRow; readonly other: ComparisonRow | undefined};

function baselineRow({rows, baseline}: Comparison, row: ComparisonRow): ComparisonRow | undefined {
  return rows.find(other => other.variant === baseline && isFigure(other, row));
}

/** Against the greater of both means; of what should be near 1, against what is missing to it. */
function effect({row, other}: Pair): number {
  const {kind, better} = knownMetric(row.metric);
  const isShare = better === 'more' && (kind === 'availability' || kind === 'trials');
  const sizes = [row, other].map(one =>
    Math.abs(isShare ? 1 - (one?.mean ?? 1) : (one?.mean ?? 0)),
  );
  const greatest = Math.max(...sizes);
  return greatest === 0 ? 0 : Math.abs(row.difference ?? 0) / greatest;
}

function closing(
  rows: readonly ComparisonRow[],
  {proven, left}: {proven: number; left: number},
): string {
  const count = (verdict: Verdict) => rows.filter(row => verdictOf(row) === verdict).length;
  const [open, same] = [count('open'), count('same')];
  const facts = [
    left > 0 ? `${readableCount(left)} more differ` : '',
    proven === 0 ? 'nothing else differs beyond chance' : '',
    open > 0 ? `${counted(open, 'figure')} may differ by chance (q > 0.05)` : '',
    same > 0 ? `${readableCount(same)} are the same` : '',
  ];
  return facts.filter(fact => fact !== '').join(', ');
}
