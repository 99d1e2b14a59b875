// Reads a trace in CSV piece by piece: the header, then row by row what the format makes of it. A
// row that cannot be used is skipped and counted; only a missing column ends the reading.

import {cellsOf} from '../../options/csv.ts';
import {didYouMean} from '../../options/nearest.ts';
import {show} from '../../options/show.ts';
import {Cells} from './cells.ts';
import {CsvLines, longestLine} from './csv-lines.ts';
import {type Look, Looks} from './looks.ts';
import {RowCounts, type RowReport} from './row-report.ts';
import {type RowShape, RowTable} from './row-table.ts';
import type {TraceRows} from './trace.ts';
import type {FormatOptions, RowReader, TraceFormat, TracePod} from './trace-format.ts';

export type ReadRows = {
  readonly rows: TraceRows;
  readonly shapes: readonly RowShape[];
  readonly looks: readonly Look[];
  readonly report: RowReport;
};

export type ReaderOptions = FormatOptions & {
  /** Rows from the top. */
  readonly first: number | undefined;
};

type Body = {
  readonly cells: Cells;
  readonly width: number;
  readonly table: RowTable;
  readonly read: RowReader;
};

export class TraceReader {
  /** About the header. */
  readonly mistakes: string[] = [];
  readonly #format: TraceFormat;
  readonly #options: ReaderOptions;
  readonly #looks = new Looks();
  readonly #counts = new RowCounts();
  readonly #lines = new CsvLines((line, number) => this.#line(line, number));
  readonly #pod: TracePod = {
    ...{name: '', at: Number.NaN, lifetime: Number.NaN, count: 1},
    ...{cpuMillicores: 0, memoryBytes: 0, look: 0},
  };
  #body: Body | undefined;

  constructor(format: TraceFormat, options: ReaderOptions) {
    this.#format = format;
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
  finish(): ReadRows | undefined {
    if (!this.done) this.#lines.finish();
    if (this.#body === undefined && this.mistakes.length === 0) {
      this.mistakes.push('expected a header and rows, got an empty file');
    }
    if (this.#body === undefined || this.mistakes.length > 0) return undefined;
    const {table} = this.#body;
    const rows = table.rows(this.#format);
    return {rows, shapes: table.shapes, looks: this.#looks.all, report: this.#counts.report()};
  }

  #line(line: string, number: number): void {
    if (this.done) return;
    if (number === 1) this.#header(cellsOf(line));
    else if (this.#body !== undefined && line.trim() !== '') this.#row(line, number, this.#body);
  }

  #header(names: readonly string[]): void {
    const {required, optional, open, times} = this.#format;
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
      this.mistakes.push(
        `unknown column ${show(name)}${didYouMean(name, known)}; known: ${known.join(', ')}`,
      );
    }
    const cells = new Cells(names);
    const table = new RowTable({hasTimes: times.some(column => cells.has(column))});
    const read = this.#format.reader(this.#looks, this.#options);
    this.#body = {cells, width: names.length, table, read};
  }

  #row(line: string, number: number, {cells, width, table, read}: Body): void {
    this.#counts.read++;
    if (line.length > longestLine) {
      this.#counts.skip({why: `expected a line of at most ${longestLine} characters`}, number);
      return;
    }
    const row = cellsOf(line);
    if (row.length !== width) {
      const got = `${row.length} cells`;
      this.#counts.skip({why: `expected ${width} cells`, got}, number);
      return;
    }
    cells.take(row);
    read(cells, this.#pod);
    const broken = cells.broken ?? table.add(this.#pod);
    if (broken !== undefined) this.#counts.skip(broken, number);
  }
}
