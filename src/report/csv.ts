// Tables to CSV text, in pieces of some tens of kilobytes, so that memory does not grow with the
// table.
//
// csv-stringify writes the tables of bounded length. For a row per pod or per event it is too slow
// (100,000 pods x 22 cells: 1.5 CPU s at one go and 0.8 in pieces), so those have a writer of our
// own that does the same for our kinds of cells; a law holds both to the same bytes.

import {stringify} from 'csv-stringify/sync';
import type {Cell, ResultTable} from '../metrics/table.ts';

const pieceLength = 64 * 1024;

/** The whole file, header first. */
export function csv(table: ResultTable): Iterable<string> {
  return table.long ? csvOfLongTable(table) : [csvOfShortTable(table)];
}

export function csvOfShortTable({columns, rows}: ResultTable): string {
  return stringify([...rows()] as Cell[][], {
    columns: [...columns],
    header: true,
    record_delimiter: '\n',
    cast: {boolean: String},
  });
}

export function* csvOfLongTable({columns, rows}: ResultTable): Generator<string> {
  let piece = `${columns.map(cellText).join(',')}\n`;
  for (const row of rows()) {
    piece += cellText(row[0]);
    for (let i = 1; i < row.length; i++) piece += `,${cellText(row[i])}`;
    piece += '\n';
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

// As csv-stringify quotes: only what would be read wrongly without.
const needsQuotes = /[",\n]/;

function cellText(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell !== 'string') return String(cell);
  if (!needsQuotes.test(cell)) return cell;
  return `"${cell.replaceAll('"', '""')}"`;
}
