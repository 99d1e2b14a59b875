// Whether what is asked of a comparison makes sense in this scenario.

import {seriesUnits} from '../metrics/timeseries.ts';
import {show} from '../options/show.ts';
import type {Notebook} from './notebook.ts';
import type {Scenario} from './schema.ts';

export function checkCompare({compare, traffic = []}: Partial<Scenario>, notebook: Notebook): void {
  if (compare === undefined) return;
  const {precision, primary, analysis} = compare;
  if (precision === 0) notebook.error(['compare', 'precision'], 'expected more than 0, got 0');
  if (precision !== undefined && primary === undefined) {
    notebook.error(
      ['compare', 'precision'],
      'of which figure? expected compare.primary (or --primary METRIC) beside it',
    );
  }
  if (analysis === 'steady' && primary !== undefined && !seriesUnits.has(primary.metric)) {
    const known = [...seriesUnits.keys()].join(', ');
    notebook.error(
      ['compare', 'primary'],
      `steady analysis is of time series, and ${show(primary.metric)} has none; expected one of ${known}`,
    );
  }
  const daily = traffic.find(entry => entry.daily !== undefined);
  if (analysis === 'steady' && daily !== undefined) {
    notebook.error(
      ['compare', 'analysis'],
      `steady analysis is of what does not change with time, but traffic ${show(daily.name)} follows the day; expected terminating`,
    );
  }
}
