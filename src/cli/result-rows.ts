// The rows of a finished run's result files, as objects by column.

import {existsSync, readFileSync} from 'node:fs';
import type {ResultRow} from '../report/outage-report.ts';

/** The rows that have `text` somewhere; `undefined` where there is no such file. */
export function rowsWith(path: string, text: string): ResultRow[] | undefined {
  if (!existsSync(path)) return undefined;
  const [header = '', ...lines] = readFileSync(path, 'utf8').split('\n');
  const columns = cells(header);
  return lines
    .filter(line => line !== '' && line.includes(text))
    .map(line => {
      const values = cells(line);
      return Object.fromEntries(columns.map((column, i) => [column, values[i] ?? '']));
    });
}

function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain,
  );
}
