// compare.csv: one row a figure and variant, figure by figure. What is not known is an empty cell.

import type {Comparison, ComparisonRow} from '../experiment/comparison.ts';
import type {Cell, ResultTable} from '../metrics/table.ts';

export function comparisonTable({variants, rows}: Comparison): ResultTable {
  return {
    file: 'compare.csv',
    columns,
    long: true,
    *rows() {
      for (const row of rows) yield cells(row, variants[row.variant].name);
    },
  };
}

/**
 * `mean` with its interval from `low` to `high`, over `n` runs; `difference` to the baseline over
 * pairs of runs, with its own; `p`: how often so much would be seen if there were none. `method`:
 * how the interval was made, and after a semicolon the difference. `adjusted_p`: Holm's for the
 * primary figure, q-values for the rest. `variance_ratio`: of the differences against independent
 * runs.
 */
const columns = [
  ...['variant', 'metric', 'object', 'mean', 'low', 'high', 'n'],
  ...['difference', 'difference_low', 'difference_high', 'p', 'method'],
  ...['unit', 'adjusted_p', 'variance_ratio'],
];

function cells(row: ComparisonRow, variant: string): Cell[] {
  return [
    ...[variant, row.metric, row.object],
    ...[row.mean, row.low, row.high].map(decimal),
    row.n,
    ...[row.difference, row.differenceLow, row.differenceHigh, row.p].map(decimal),
    ...[row.method, row.unit],
    ...[row.adjustedP, row.varianceRatio].map(decimal),
  ];
}

/** Six decimals as in summary.csv; more, or an exponent, where that would leave fewer digits. */
function decimal(value: number | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (value !== 0 && Math.abs(value) < 1) return value.toPrecision(6);
  // No minus before nothing.
  return (value === 0 ? 0 : value).toFixed(6);
}
