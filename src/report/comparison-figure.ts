// One figure of all variants: where its means lie, and how far from the baseline's.

import type pico from 'picocolors';
import type {Comparison, ComparisonRow} from '../experiment/comparison.ts';
import {type FigureName, figureText, isFigure} from '../experiment/figure-name.ts';
import {knownMetric} from '../metrics/figure-kinds.ts';
import {unknown} from './figure-lookup.ts';
import {differenceText, estimateText, type FigureUnit, fittingUnit} from './figure-scale.ts';
import {plainTable, tableText} from './plain-table.ts';
import {shortened, variantLabels} from './variant-labels.ts';
import {coloured, verdictOf} from './verdict.ts';

export type Colours = ReturnType<typeof pico.createColors>;

/** `undefined` where no run has it. */
export function figureSection(
  comparison: Comparison,
  figure: FigureName,
  colours: Colours,
): string | undefined {
  const rows = comparison.rows.filter(row => isFigure(row, figure));
  if (rows.length === 0) return undefined;
  const {head, labels} = variantLabels(comparison.variants);
  const unit = fittingUnit(
    rows[0].unit,
    rows.map(({mean, high}) => (mean === 0 ? high : mean)),
  );
  const first = shortened(head, labelWidth);
  const isCompared = rows.some(({difference}) => difference !== undefined);
  const mean = unit.name === '' ? 'mean' : `mean, ${unit.name}`;
  const heads = [
    first,
    mean,
    ...(isCompared ? ['difference', rows.length > 2 ? 'p (Holm)' : 'p', ''] : []),
  ];
  const table = plainTable(heads, [first, '']);
  for (const row of rows) {
    const label = shortened(labels[row.variant], labelWidth);
    const difference = isCompared ? differenceCells(row, unit, colours) : [];
    table.push([
      label,
      row.mean === undefined ? unknown : estimateText(row.mean, row, unit),
      ...difference,
    ]);
  }
  const {better} = knownMetric(figure.metric);
  const which = better === undefined ? '' : colours.dim(`  ${better} is better`);
  return `${colours.bold(figureText(figure))}${which}\n${tableText(table)}`;
}

const labelWidth = 22;

function differenceCells(row: ComparisonRow, unit: FigureUnit, colours: Colours): string[] {
  const {difference, differenceLow: low, differenceHigh: high} = row;
  if (difference === undefined) return ['', '', ''];
  return [
    differenceText(difference, {low, high}, unit),
    chanceText(row.adjustedP),
    coloured(verdictOf(row), colours),
  ];
}

function chanceText(p: number | undefined): string {
  if (p === undefined) return '';
  return p < 0.0001 ? '< 0.0001' : p.toPrecision(2).replace(/^1\.0$/, '1');
}
