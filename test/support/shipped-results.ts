// Committed results of shipped scenarios, as rows by column.

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {committedResults} from './shipped-scenarios.ts';

export type Row = {
  /** Of a column that holds text. */
  text(column: string): string;
  /** Of a column that holds numbers. */
  number(column: string): number;
};

/** `file` is such as `requests.csv`; no cell before those that are asked for has a comma in it. */
export function rowsOf(scenario: string, file: string): Row[] {
  const [head, ...lines] = readFileSync(join(committedResults, scenario, file), 'utf8')
    .trimEnd()
    .split('\n');
  const columns = head.split(',');
  return lines.map(line => {
    const cells = line.split(',');
    const text = (column: string) => {
      const cell = cells[columns.indexOf(column)];
      if (cell === undefined) throw new Error(`${scenario}/${file} has no column ${column}`);
      return cell;
    };
    return {text, number: (column: string) => Number(text(column))};
  });
}

/** The row of one who calls, in `requests.csv`. */
export function callerOf(scenario: string, caller: string): Row {
  const row = rowsOf(scenario, 'requests.csv').find(each => each.text('caller') === caller);
  if (row === undefined) throw new Error(`nobody calls ${caller} in ${scenario}`);
  return row;
}
