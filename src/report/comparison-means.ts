// One variant alone: where the means of its figures lie.

import type {Comparison, ComparisonRow} from '../experiment/comparison.ts';
import {figureText, isFigure} from '../experiment/figure-name.ts';
import type {Colours} from './comparison-figure.ts';
import {estimateText, fittingUnit} from './figure-scale.ts';
import {plainTable, tableText} from './plain-table.ts';
import {counted, readableCount} from './readable.ts';
import {shortened} from './variant-labels.ts';

export function meansSection({rows, primary}: Comparison, colours: Colours): string {
  const others = rows.filter(row => !isFigure(row, primary));
  const uncertain = others.filter(({low, high}) => low !== undefined || high !== undefined);
  const isTold = uncertain.length > 0;
  const whole = (isTold ? uncertain : others).filter(({object}) => object === '');
  const single = (isTold ? uncertain : others).filter(({object}) => object !== '');
  const shown = [...whole, ...single.slice(0, Math.max(8, most - whole.length))];
  const table = plainTable(['', 'mean', ' '], ['', ' ']);
  for (const row of shown) table.push(cells(row));
  const left = others.length - uncertain.length;
  const more = single.length + whole.length - shown.length;
  const facts = [
    more > 0 ? `${readableCount(more)} more in compare.csv` : '',
    isTold && left > 0 ? `${counted(left, 'figure')} without any spread` : '',
  ];
  const closing = facts.filter(fact => fact !== '').join(', ');
  return `${tableText(table)}${closing === '' ? '' : `\n${colours.dim(closing)}`}`;
}

const most = 40;

function cells(row: ComparisonRow): string[] {
  const unit = fittingUnit(row.unit, [row.mean === 0 ? row.high : row.mean]);
  const text = row.mean === undefined ? '' : estimateText(row.mean, row, unit);
  return [shortened(figureText(row), 44), text, unit.name];
}
