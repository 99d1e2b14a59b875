// Reads a trace in CSV: what its format makes of each row goes into a table of rows.

import type {Cells} from './cells.ts';
import {CsvTable} from './csv-table.ts';
import {type Look, Looks} from './looks.ts';
import type {Broken, RowReport} from './row-report.ts';
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

export class TraceReader {
  readonly csv: CsvTable;
  readonly #format: TraceFormat;
  readonly #looks = new Looks();
  readonly #table = new RowTable();
  readonly #read: RowReader;
  readonly #pod: TracePod = {
    ...{name: '', at: Number.NaN, lifetime: Number.NaN, count: 1},
    ...{cpuMillicores: 0, memoryBytes: 0, look: 0},
  };

  constructor(format: TraceFormat, options: ReaderOptions) {
    this.#format = format;
    this.#read = format.reader(this.#looks, options);
    this.csv = new CsvTable({...format, first: options.first, row: cells => this.#row(cells)});
  }

  #row(cells: Cells): Broken | undefined {
    this.#read(cells, this.#pod);
    return cells.broken ?? this.#table.add(this.#pod);
  }

  /** `undefined` where the header is wrong. */
  finish(): ReadRows | undefined {
    const report = this.csv.finish();
    if (report === undefined) return undefined;
    const rows = this.#table.rows(this.#format);
    return {rows, shapes: this.#table.shapes, looks: this.#looks.all, report};
  }
}
