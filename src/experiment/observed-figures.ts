// The figures that a run leaves for a comparison: the lines of its summary, and of each workload
// and Service what their tables say of how available it was. Sums over all of them have the same
// metric in the summary: `downtime` is of all workloads, that of `Deployment/default/web` of one.

import type {Figure} from '../metrics/figures.ts';
import type {Cell, ResultTable} from '../metrics/table.ts';
import type {RunOutcome} from '../scenario/scenario-run.ts';

/** More rows than anybody reads, and than a run has in common with the next, are left out. */
const objectsAtMost = 200;

export function observedFigures({figures, tables}: Pick<RunOutcome, 'figures' | 'tables'>) {
  return [...figures, ...tables.flatMap(figuresOfTable)];
}

type Column = {readonly metric: string; readonly unit: string};

type Told = {
  /** Whose values name the object. */
  readonly names: readonly string[];
  /** By column of the table. */
  readonly figures: Readonly<Record<string, Column>>;
};

const told: Readonly<Record<string, Told>> = {
  'services.csv': {
    names: ['namespace', 'name'],
    figures: {
      availability: {metric: 'availability', unit: 'share'},
      outages: {metric: 'service_outages', unit: 'outages'},
      downtime: {metric: 'service_downtime', unit: 's'},
      unreachable_seconds: {metric: 'unreachable_seconds', unit: 's'},
      lost_client_seconds: {metric: 'lost_client_seconds', unit: 's'},
      time_to_first_ready: {metric: 'time_to_first_ready', unit: 's'},
    },
  },
  'workloads.csv': {
    names: ['kind', 'namespace', 'name'],
    figures: {
      available_any: {metric: 'available_any', unit: 'share'},
      available_all: {metric: 'available_all', unit: 'share'},
      outages: {metric: 'outages', unit: 'outages'},
      downtime: {metric: 'downtime', unit: 's'},
      lost_replica_seconds: {metric: 'lost_replica_seconds', unit: 's'},
      time_to_first_ready: {metric: 'time_to_first_ready', unit: 's'},
    },
  },
};

function figuresOfTable({file, columns, rows}: ResultTable): Figure[] {
  if (!Object.hasOwn(told, file)) return [];
  const {names, figures} = told[file];
  const found: Figure[] = [];
  let objects = 0;
  for (const row of rows()) {
    if (objects++ === objectsAtMost) break;
    const cell = (column: string) => row[columns.indexOf(column)];
    const object = names.map(name => String(cell(name))).join('/');
    for (const [column, {metric, unit}] of Object.entries(figures)) {
      found.push({metric, object, value: valueIn(cell(column)), unit, samples: undefined});
    }
  }
  return found;
}

function valueIn(cell: Cell): Figure['value'] {
  return typeof cell === 'boolean' ? String(cell) : cell;
}
