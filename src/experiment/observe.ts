// From a finished run to what a comparison keeps of it.

import type {ResultTable} from '../metrics/table.ts';
import type {RunOutcome} from '../scenario/scenario-run.ts';
import {mostPoints, type Observation, type ObservedSeries} from './observation.ts';
import {observedFigures} from './observed-figures.ts';

export function observe(variant: number, outcome: RunOutcome): Observation {
  const {replication, fingerprint, events, complete} = outcome;
  const figures = observedFigures(outcome);
  const series = outcome.tables.flatMap(seriesOf);
  return {variant, replication, fingerprint, events, complete, figures, series};
}

/** Of a table with the columns `time` or `arrived`, metric, object and value. */
function seriesOf({columns, rows}: ResultTable): ObservedSeries[] {
  const [axis, ...others] = columns;
  if (axis !== 'time' && axis !== 'arrived') return [];
  if (others.join() !== 'metric,object,value') return [];
  const found = new Map<string, {metric: string; object: string; points: [number, number][]}>();
  for (const [x, metric, object = '', value] of rows()) {
    if (value === undefined || value === '') continue;
    const key = JSON.stringify([metric, object]);
    let line = found.get(key);
    if (line === undefined) {
      line = {metric: String(metric), object: String(object), points: []};
      found.set(key, line);
    }
    line.points.push([Number(x), Number(value)]);
  }
  return [...found.values()].map(line => ({...line, axis, points: thinned(line.points)}));
}

/** Means of as many neighbours each as it takes, at the last one's place. */
function thinned(points: readonly [number, number][]): [number, number][] {
  const each = Math.ceil(points.length / mostPoints);
  if (each <= 1) return [...points];
  return Array.from({length: Math.ceil(points.length / each)}, (_, group) => {
    const members = points.slice(group * each, (group + 1) * each);
    const sum = members.reduce((total, [, value]) => total + value, 0);
    return [members[members.length - 1][0], sum / members.length];
  });
}
