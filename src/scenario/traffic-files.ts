// The files of traces that `traffic` names: CSV with a header, a row for each time at which
// requests came, read with the scenario so that mistakes in it are told before the run.

import type {Time} from '../engine/time.ts';
import type {TraceTimes} from '../network/traffic/sources/trace.ts';
import type {TrafficEntry} from '../network/traffic/traffic-options.ts';
import {readTimeCell} from '../objects/time-cell.ts';
import {cellsOf} from '../options/csv.ts';
import {didYouMean} from '../options/nearest.ts';
import {show} from '../options/show.ts';
import type {Source} from './source.ts';

export function readTraces(
  traffic: readonly TrafficEntry[],
  duration: Time | undefined,
  source: Source,
): TrafficEntry[] {
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
    const end = Math.min(entry.ends ?? Infinity, duration ?? Infinity);
    if (read !== undefined && !(entry.starts + (read.times[0] ?? Infinity) < end)) {
      source.notebook.warn([...path, 'file'], `no row of ${trace.file} falls into the run`);
    }
    return {...entry, trace: {...trace, read}};
  });
}

type Columns = {readonly time: string; readonly count?: string | undefined};
type Wrong = (key: 'time' | 'count' | undefined, line: number, message: string) => void;

/** Tells of the first row that is wrong. */
function readTrace(text: string, columns: Columns, wrong: Wrong): TraceTimes | undefined {
  const lines = linesOf(text);
  const names = cellsOf(lines.next().value?.text ?? '');
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
  for (const {text: line, number} of lines) {
    if (line.trim() === '') continue;
    const row = cellsOf(line);
    const at = readTimeCell(row[time]);
    if (at === undefined) {
      return void wrong(undefined, number, `expected a time, got ${show(row[time])}`);
    }
    first ??= at.isDate ? at.value : 0;
    const since = Math.round(at.value - first);
    if (since < (times.at(-1) ?? 0)) {
      return void wrong(undefined, number, `${show(row[time])} is before the row above it`);
    }
    times.push(since);
    if (count === undefined) continue;
    const requests = readCount(row[count]);
    if (requests === undefined) {
      return void wrong(
        undefined,
        number,
        `expected a number of requests, got ${show(row[count])}`,
      );
    }
    counts.push(requests);
  }
  return {
    times: Float64Array.from(times),
    counts: count === undefined ? undefined : Float64Array.from(counts),
  };
}

/** One at a time: traces are long. */
function* linesOf(text: string): Generator<{text: string; number: number}, undefined> {
  let from = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (let number = 1; from < text.length; number++) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    yield {text: text.slice(from, to), number};
    from = to + 1;
  }
}

function readCount(cell: string | undefined): number | undefined {
  const count = cell === undefined || cell === '' ? Number.NaN : Number(cell);
  return Number.isInteger(count) && count >= 0 && count <= 1e9 ? count : undefined;
}
