// One figure of all variants: where its means lie, and how far from the baseline's.

import type pico from 'picocolors';
import type {Comparison, ComparisonRow} from '../experiment/comparison.ts';
import {type FigureName, figureText, isFigure} from '../experiment/figure-name.ts';
import {knownMetric} from '../metrics/figure-kinds.ts';
import {unknown} from './figure-lookup.ts';
import {differenceText, estimateText, type FigureUnit, fittingUnit} from './figure-scale.ts';
import {fittingText} from './fitting-text.ts';
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
  const unit = fittingUnit(
    rows[0].unit,
    rows.map(({mean, high}) => (mean === 0 ? high : mean)),
  );
  const table = (shape: Shape) => figureTable(comparison, {rows, unit, shape}, colours);
  const text = fittingText(
    () => table({width: 22, intervals: true}),
    () => table({width: 12, intervals: true}),
    () => table({width: 22, intervals: false}),
    () => table({width: 12, intervals: false}),
  );
  const {better} = knownMetric(figure.metric);
  const which = better === undefined ? '' : colours.dim(`  ${better} is better`);
  return `${colours.bold(figureText(figure))}${which}\n${text}`;
}

/** How wide labels are, and whether means have their intervals beside those of differences. */
type Shape = {readonly width: number; readonly intervals: boolean};

function figureTable(
  {variants}: Comparison,
  {rows, unit, shape}: {rows: readonly ComparisonRow[]; unit: FigureUnit; shape: Shape},
  colours: Colours,
): string {
  const {head, labels} = variantLabels(variants);
  const {width, intervals} = shape;
  const first = shortened(head, width);
  const isCompared = rows.some(({difference}) => difference !== undefined);
  const differences = isCompared ? ['difference', rows.length > 2 ? 'p (Holm)' : 'p', ''] : [];
  const mean = unit.name === '' ? 'mean' : `mean, ${unit.name}`;
  const table = plainTable([first, mean, ...differences], [first, '']);
  for (const row of rows) {
    const full = row.mean === undefined ? unknown : estimateText(row.mean, row, unit);
    const text = intervals ? full : full.split(' ')[0];
    const others = isCompared ? differenceCells(row, unit, colours) : [];
    table.push([shortened(labels[row.variant], width), text, ...others]);
  }
  return tableText(table);
}

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
