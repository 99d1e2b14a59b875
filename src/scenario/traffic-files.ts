// The files of traces that `traffic` names: CSV with a header, a row for each time at which
// requests came, read with the scenario so that mistakes in it are told before the run.

import type {TraceTimes} from '../network/traffic/sources/trace.ts';
import type {TrafficEntry} from '../network/traffic/traffic-options.ts';
import {dayFromCivil, utc} from '../objects/zone.ts';
import {didYouMean} from '../options/nearest.ts';
import {show} from '../options/show.ts';
import type {Source} from './source.ts';

export function readTraces(traffic: readonly TrafficEntry[], source: Source): TrafficEntry[] {
  return traffic.map((entry, i) => {
    const {trace} = entry;
    if (trace === undefined) return entry;
    const path = ['traffic', i, 'trace'];
    const file = source.read(trace.file);
    if ('wrong' in file) {
      source.notebook.error([...path, 'file'], `${trace.file}: ${file.wrong}`);
      return entry;
    }
    const read = readTrace(file.text, trace, (key, line, message) => {
      if (key !== undefined) source.notebook.error([...path, key], message);
      else source.notebook.complain({file: source.path(trace.file), line}, message, 'error');
    });
    return {...entry, trace: {...trace, read}};
  });
}

type Columns = {readonly time: string; readonly count?: string | undefined};
type Wrong = (key: 'time' | 'count' | undefined, line: number, message: string) => void;

/** Tells of the first row that is wrong. */
function readTrace(text: string, columns: Columns, wrong: Wrong): TraceTimes | undefined {
  const lines = text.split('\n');
  const names = cells(lines[0]);
  const place = (key: 'time' | 'count', column: string): number => {
    const at = names.indexOf(column);
    if (at < 0) wrong(key, 1, `no column ${show(column)}${didYouMean(column, names)}`);
    return at;
  };
  const time = place('time', columns.time);
  const count = columns.count === undefined ? undefined : place('count', columns.count);
  if (time < 0 || (count !== undefined && count < 0)) return undefined;
  const times: number[] = [];
  const counts: number[] = [];
  let first: number | undefined;
  for (const [i, line] of lines.entries()) {
    if (i === 0 || line.trim() === '') continue;
    const row = cells(line);
    const at = readTime(row[time]);
    if (at === undefined) {
      return void wrong(undefined, i + 1, `expected a time, got ${show(row[time])}`);
    }
    first ??= at.isDate ? at.value : 0;
    const since = Math.round(at.value - first);
    if (since < (times.at(-1) ?? 0)) {
      return void wrong(undefined, i + 1, `${show(row[time])} is before the row above it`);
    }
    times.push(since);
    if (count === undefined) continue;
    const requests = Number(row[count] || Number.NaN);
    if (!(Number.isInteger(requests) && requests >= 0 && requests <= 1e9)) {
      return void wrong(undefined, i + 1, `expected a number of requests, got ${show(row[count])}`);
    }
    counts.push(requests);
  }
  return {
    times: Float64Array.from(times),
    counts: count === undefined ? undefined : Float64Array.from(counts),
  };
}

function cells(line: string): string[] {
  return line
    .replace(/^\uFEFF/, '')
    .split(',')
    .map(cell => cell.trim().replace(/^"(.*)"$/, '$1'));
}

const date = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d(?:\.\d+)?)Z?$/;

/** In microseconds. */
function readTime(cell: string | undefined): {value: number; isDate: boolean} | undefined {
  if (cell === undefined || cell === '') return undefined;
  const parts = date.exec(cell)?.slice(1).map(Number);
  if (parts !== undefined) {
    const [year, month, day, hour, minute, second] = parts;
    const seconds = utc.at(dayFromCivil(year, month, day)) + hour * 3600 + minute * 60;
    return {value: seconds * 1e6 + second * 1e6, isDate: true};
  }
  const value = Number(cell) * 1e6;
  return value >= 0 && value <= 1e15 ? {value, isDate: false} : undefined;
}
