// Every figure of a comparison: those that vary each as a table that opens, those that were the
// same in every run in one short list. Large comparisons keep drawings for what matters most.

import type {Comparison, ComparisonRow} from '../../experiment/comparison.ts';
import {knownMetric} from '../../metrics/figure-kinds.ts';
import {counted} from '../readable.ts';
import {
  type ComparedFigure,
  differs,
  judgedAs,
  spokenChance,
  spokenFigure,
} from './compared-figure.ts';
import {type Detail, detailOf} from './figure-detail.ts';
import {type Drawn, figureTable} from './figure-table.ts';
import {type Markup, markup} from './markup.ts';
import {type Measure, measured, signed, within} from './measure.ts';
import type {VariantLabels} from './variant-labels.ts';

export function figureList(
  comparison: Comparison,
  figures: readonly ComparedFigure[],
  labels: VariantLabels,
): Markup {
  const varying = figures.filter(({constant}) => constant === undefined);
  const constant = figures.filter(figure => figure.constant !== undefined);
  const details = detailOf(varying);
  const list = varying.flatMap(figure => {
    const detail = details.get(figure);
    return detail === undefined ? [] : [entry(comparison, figure, {labels, detail})];
  });
  return markup`<section id=figures><h2>Every figure</h2>
<div class=tools data-scripted hidden>
<label>Show figures named
<input type=search id=search placeholder="latency, share …" autocomplete=off></label>
<label><input type=checkbox id=differing> only those that differ</label>
<span><button type=button data-open=1>open all</button>
<button type=button data-open=0>close all</button></span>
<span id=found role=status class=note></span></div>
${economy(varying, details)}${list}
${constant.length > 0 ? constants(constant) : undefined}</section>
`;
}

/** What was left out for the page's size. */
function economy(
  figures: readonly ComparedFigure[],
  details: ReadonlyMap<ComparedFigure, Detail>,
): Markup | undefined {
  const left = figures.length - details.size;
  const known = new Set(details.values());
  const said: string[] = [];
  if (known.has('intervals')) said.push('dots where most speaks for a difference');
  if (known.has('numbers')) said.push('drawings where more does than elsewhere');
  if (left > 0) said.push(`no place for ${counted(left, 'figure')}, which compare.csv has`);
  if (said.length === 0) return undefined;
  return markup`<p class=note>A large comparison: the page has ${said.join(', ')}.</p>
`;
}

function entry(comparison: Comparison, figure: ComparedFigure, drawn: Drawn): Markup {
  const name = spokenFigure(figure);
  const different = figure.rows.filter(row => differs(row, comparison));
  const raw = figure.metric;
  return markup`<details class=one data-name="${name.toLowerCase()}"${different.length > 0 ? markup` data-differs=1` : undefined}><summary><span title="${raw}">${name}</span><span${different.length > 0 ? markup` class=found` : undefined}>${finding(comparison, figure, different)}</span></summary>
<div class=wide>${figureTable(comparison, figure, drawn)}</div></details>
`;
}

/** What stands beside a figure's name while it is closed. */
function finding(
  comparison: Comparison,
  {metric, rows, measure}: ComparedFigure,
  different: readonly ComparisonRow[],
): string {
  const others = rows.filter(({variant}) => variant !== comparison.baseline);
  if (others.every(isSame)) return 'the same in every pair of runs';
  const {better} = knownMetric(metric);
  const sure = different.map(row => judgedAs(row, better));
  if (others.length === 1) return aboutOne(others[0], measure, sure[0]);
  if (sure.length === 0) return 'no difference found';
  const sides = (['better', 'worse'] as const).flatMap(side => {
    const count = sure.filter(judged => judged === side).length;
    return count === 0 ? [] : [`${count} ${side}`];
  });
  const judged = sides.length === 0 ? '' : `: ${sides.join(', ')}`;
  return `${sure.length} of ${others.length} differ${judged}`;
}

function isSame({difference, differenceLow, differenceHigh}: ComparisonRow): boolean {
  return difference === 0 && differenceLow === 0 && differenceHigh === 0;
}

function aboutOne(row: ComparisonRow, figure: Measure, judged: string | undefined): string {
  const {difference, differenceLow, differenceHigh, adjustedP} = row;
  if (difference === undefined) return '';
  const measure = within(figure, differenceLow, differenceHigh);
  const q = spokenChance(adjustedP);
  const chance = adjustedP === undefined ? '' : `, p ${q}`;
  const side = judged === undefined ? '' : `, ${judged}`;
  return `${signed(difference, measure)} ${measure.differenceUnit}${side}${chance}`;
}

function constants(figures: readonly ComparedFigure[]): Markup {
  const rows = figures.map(
    figure =>
      markup`<tr><th scope=row>${spokenFigure(figure)}<td>${measured(figure.constant, figure.measure)} ${figure.measure.unit}</tr>
`,
  );
  return markup`<h3 class=same>The same in every run of every variant</h3>
<div class=wide><table class=plain><tbody>${rows}</tbody></table></div>`;
}
