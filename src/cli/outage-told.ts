// One outage by its number, in the files of a finished run or in the tables of one that has just
// been played.

import {join} from 'node:path';
import type {ResultTable} from '../metrics/table.ts';
import {outageReport, type ResultRow} from '../report/outage-report.ts';
import type {Life} from './life-in-folder.ts';
import {rowsWith} from './result-rows.ts';

export function outageInFolder(folder: string, number: number): Life {
  return told(number, folder, file => rowsWith(join(folder, file), ''));
}

export function outageInTables(tables: readonly ResultTable[], number: number): Life {
  return told(number, 'the run', name => {
    const table = tables.find(({file}) => file === name);
    if (table === undefined) return undefined;
    return [...table.rows()].map(row =>
      Object.fromEntries(table.columns.map((column, i) => [column, String(row[i] ?? '')])),
    );
  });
}

function told(
  number: number,
  where: string,
  rowsOf: (file: string) => ResultRow[] | undefined,
): Life {
  const outages = rowsOf('outages.csv');
  if (outages === undefined) return {wrong: `no outages.csv in ${where}: it has no workloads`};
  const outage = outages[number - 1];
  if (outage === undefined) {
    const known = outages.length === 0 ? 'there was none' : `they are 1 to ${outages.length}`;
    return {wrong: `no outage ${number} in ${where}; ${known}`};
  }
  const incident = rowsOf('incidents.csv')?.find(({id}) => id === outage.incident);
  return {lines: [`outage ${number}`, ...outageReport({outage, incident})]};
}
