// What became of a table's rows, as problems: the first few skipped ones of a kind with their
// lines, then how many there are.

import type {RowReport} from '../workload/traces/row-report.ts';
import type {Source} from './source.ts';

export function tellOfRows(
  {read, used, skipped}: RowReport,
  file: string,
  {notebook}: Source,
): void {
  if (used === read) return;
  for (const {first} of skipped) {
    for (const {line, message} of first) {
      notebook.complain({file, line}, `row skipped: ${message}`, 'warning');
    }
  }
  const kinds = skipped.map(({why, rows}) => `${rows} (${why})`);
  const message = `${read - used} of ${read} rows skipped: ${kinds.join(', ')}`;
  notebook.complain({file, line: 0}, message, 'warning');
}
