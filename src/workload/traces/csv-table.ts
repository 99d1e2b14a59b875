// A table in CSV, read piece by piece: its header against the columns that are wanted, then row by
// row. A row that cannot be used is skipped and counted; only a wrong header ends the reading.

import {cellsOf} from '../../options/csv.ts';
import {didYouMean} from '../../options/nearest.ts';
import {show} from '../../options/show.ts';
import {Cells} from './cells.ts';
import {CsvLines, longestLine} from './csv-lines.ts';
import {type Broken, RowCounts, type RowReport} from './row-report.ts';

export type TableColumns = {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Columns of other names are left alone; else they are told. */
  readonly open: boolean;
};

export type TableOptions = TableColumns & {
  /** Rows from the top. */
  readonly first?: number | undefined;
  /** Says why it cannot use the row, where the cells do not. */
  readonly row: (cells: Cells) => Broken | undefined;
};

export class CsvTable {
  /** About the header. */
  readonly mistakes: string[] = [];
  readonly #options: TableOptions;
  readonly #counts = new RowCounts();
  readonly #lines = new CsvLines((line, number) => this.#line(line, number));
  #cells: Cells | undefined;

  constructor(options: TableOptions) {
    this.#options = options;
  }

  /** Nothing that follows would change what was read. */
  get done(): boolean {
    return this.mistakes.length > 0 || this.#counts.read === this.#options.first;
  }

  push(piece: string): void {
    this.#lines.push(piece);
  }

  /** `undefined` where the header is wrong. */
  finish(): RowReport | undefined {
    if (!this.done) this.#lines.finish();
    if (this.#cells === undefined && this.mistakes.length === 0) {
      this.mistakes.push('expected a header and rows, got an empty file');
    }
    return this.mistakes.length > 0 ? undefined : this.#counts.report();
  }

  #line(line: string, number: number): void {
    if (this.done) return;
    if (this.#cells === undefined) this.#header(cellsOf(line));
    else if (line.trim() !== '') this.#row(line, number, this.#cells);
  }

  #header(names: readonly string[]): void {
    const {required, optional, open} = this.#options;
    const known = [...required, ...optional];
    for (const column of required) {
      if (names.includes(column)) continue;
      this.mistakes.push(`no column ${show(column)}${didYouMean(column, names)}`);
    }
    for (const [i, name] of names.entries()) {
      if (names.indexOf(name) < i && known.includes(name)) {
        this.mistakes.push(`a second column ${show(name)}`);
      }
      if (open || known.includes(name)) continue;
      const hint = didYouMean(name, known);
      const all = hint === '' ? `; known: ${known.join(', ')}` : hint;
      this.mistakes.push(`unknown column ${show(name)}${all}`);
    }
    this.#cells = new Cells(names);
  }

  #row(line: string, number: number, cells: Cells): void {
    this.#counts.read++;
    const row = line.length > longestLine ? undefined : cellsOf(line);
    const broken = row === undefined ? tooLong : this.#use(row, cells);
    if (broken !== undefined) this.#counts.skip(broken, number);
  }

  #use(row: readonly string[], cells: Cells): Broken | undefined {
    if (row.length !== cells.width) {
      return {why: `expected ${cells.width} cells`, got: `${row.length} cells`};
    }
    cells.take(row);
    return this.#options.row(cells) ?? cells.broken;
  }
}

const tooLong: Broken = {why: `expected a line of at most ${longestLine} characters`};
