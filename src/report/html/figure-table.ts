// One figure of all variants as a table whose rows are also a drawing: what each variant gave,
// and how far that is from the baseline. The numbers beside the drawings are their text
// alternative.

import type {Comparison} from '../../experiment/comparison.ts';
import {type ComparedFigure, differs, spokenChance, spokenFigure} from './compared-figure.ts';
import type {Detail} from './figure-detail.ts';
import {type Markup, markup} from './markup.ts';
import {type Measure, measured, signed, within} from './measure.ts';
import {colourClass} from './palette.ts';
import {type RowPlot, rowPlot} from './row-plot.ts';
import {placeOn, type Scale, scaleAround} from './scale.ts';
import {ticks} from './ticks.ts';
import type {VariantLabels} from './variant-labels.ts';

type Sides = {readonly values: Scale; readonly differences: Scale};

export type Drawn = {
  readonly labels: VariantLabels;
  readonly detail: Detail;
};

export function figureTable(
  comparison: Comparison,
  figure: ComparedFigure,
  {labels, detail}: Drawn,
): Markup {
  const {measure} = figure;
  const base = labels.of[comparison.baseline];
  const percent = Number((comparison.level * 100).toFixed(3));
  const sides = scales(comparison, figure);
  const rows = figure.rows.map((_, index) =>
    line(comparison, figure, {index, sides, labels, detail}),
  );
  return markup`<table class=figure><caption class=unseen>${spokenFigure(figure)}: means with ${percent} % intervals, and differences to ${comparison.variants[comparison.baseline].name}</caption>
<thead><tr>
<th scope=col>${labels.heading}
<th scope=col class=n>mean, ${measure.unit}<br><small>${percent} % interval</small>
<th class=axis>${detail === 'numbers' ? undefined : axis(sides.values)}
<th scope=col class=n>difference, ${measure.differenceUnit}<br><small>to ${base}</small>
<th class=axis>${detail === 'numbers' ? undefined : axis(sides.differences)}
<th scope=col class=n>adjusted p<br><small>pairing</small>
<th scope=col class=how>runs, method</tr></thead>
<tbody>${rows}</tbody></table>`;
}

type Line = Drawn & {readonly index: number; readonly sides: Sides};

function line(comparison: Comparison, figure: ComparedFigure, where: Line): Markup {
  const {index, sides, labels, detail} = where;
  const {rows, measure} = figure;
  const row = rows[index];
  const isBase = row.variant === comparison.baseline;
  const name = labels.of[row.variant];
  const reference = rows.find(({variant}) => variant === comparison.baseline)?.mean;
  const at = (value: number) => placeOn(sides.values, value * measure.factor);
  const own = figure.values[index].filter(value => value !== undefined);
  const surely = !isBase && differs(row, comparison);
  const plot = drawing(detail, {...row, at, values: own, reference, filled: true});
  return markup`<tr class="${colourClass(row.variant, comparison.baseline)}${surely ? ' sure' : ''}"><th scope=row>${name}<td>${interval(row.mean, row.low, row.high, measure)}<td>${plot}${isBase ? baseCells(where) : differenceCells(comparison, figure, where)}<td>${row.n} <small>${row.method.replaceAll('-', ' ')}</small></tr>
`;
}

/** Two digits; never `1.2e+3`. */
function brief(ratio: number): string {
  if (ratio > 0 && ratio < 0.0005) return '< 0.001';
  return String(ratio < 100 ? Number(ratio.toPrecision(2)) : Math.round(ratio));
}

/** No difference to itself, but the line of no difference goes on. */
function baseCells({sides, detail}: Line): Markup {
  const none = {mean: undefined, low: undefined, high: undefined};
  const at = (value: number) => placeOn(sides.differences, value);
  const plot = drawing(detail, {...none, at, values: [], reference: 0, filled: false});
  return markup`<td><small>the baseline</small><td>${plot}<td>`;
}

function differenceCells(
  comparison: Comparison,
  figure: ComparedFigure,
  {index, sides, detail}: Line,
): Markup {
  const {measure, rows} = figure;
  const row = rows[index];
  const at = (value: number) => placeOn(sides.differences, value * measure.factor);
  const plot = drawing(detail, {
    at,
    values: differencesOf(comparison, figure, index),
    mean: row.difference,
    low: row.differenceLow,
    high: row.differenceHigh,
    reference: 0,
    filled: differs(row, comparison),
  });
  const told = interval(row.difference, row.differenceLow, row.differenceHigh, measure, signed);
  const ratio = row.varianceRatio;
  const pairing = ratio === undefined ? undefined : markup` <small>×${brief(ratio)}</small>`;
  return markup`<td>${told}<td>${plot}<td>${spokenChance(row.adjustedP ?? row.p)}${pairing}`;
}

function drawing(detail: Detail, plot: RowPlot): Markup | undefined {
  if (detail === 'numbers') return undefined;
  return rowPlot(detail === 'dots' ? plot : {...plot, values: []});
}

function interval(
  mean: number | undefined,
  low: number | undefined,
  high: number | undefined,
  measure: Measure,
  tell = measured,
): Markup {
  if (low === undefined && high === undefined) return markup`${tell(mean, measure)}`;
  const own = within(measure, low ?? mean, high ?? mean);
  const told = tell(mean, own);
  if (low === undefined) return markup`${told} <small>at most ${tell(high, own)}</small>`;
  if (high === undefined) return markup`${told} <small>at least ${tell(low, own)}</small>`;
  return markup`${told} <small>${tell(low, own)} to ${tell(high, own)}</small>`;
}

/** Replication by replication, where both have the figure. */
function differencesOf({baseline}: Comparison, {rows, values}: ComparedFigure, index: number) {
  const base = values[rows.findIndex(({variant}) => variant === baseline)] ?? [];
  return values[index].flatMap((value, replication) => {
    const other = base[replication];
    return value === undefined || other === undefined ? [] : [value - other];
  });
}

function scales(comparison: Comparison, figure: ComparedFigure): Sides {
  const {rows, values, measure} = figure;
  const inUnit = (list: readonly (number | undefined)[]) =>
    list.flatMap(value => (value === undefined ? [] : [value * measure.factor]));
  const others = rows.filter(({variant}) => variant !== comparison.baseline);
  const apart = rows.flatMap((row, index) =>
    row.variant === comparison.baseline ? [] : differencesOf(comparison, figure, index),
  );
  const means = rows.map(({mean}) => mean);
  const bounds = rows.flatMap(({low, high}) => [low, high]);
  const differences = others.map(({difference}) => difference);
  const far = others.flatMap(row => [row.differenceLow, row.differenceHigh]);
  return {
    values: scaleAround(inUnit([...means, ...values.flat()]), inUnit(bounds)),
    differences: scaleAround([0, ...inUnit([...differences, ...apart])], inUnit(far)),
  };
}

function axis(scale: Scale): Markup {
  return markup`<div aria-hidden=true>${ticks(scale)}</div>`;
}
