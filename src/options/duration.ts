// Durations as people write them: 300us, 2s, 5m, 1.5h, 1h30m. A number alone is refused, because
// its unit would be a guess.

import {
  day,
  endOfTime,
  formatDuration,
  hour,
  microsecond,
  millisecond,
  minute,
  second,
  type Time,
  toTime,
} from '../engine/time.ts';
import {show} from './show.ts';
import {type Written, written} from './written.ts';

export type DurationRange = {readonly from?: Time; readonly to?: Time};

/** A duration in whole microseconds, zero allowed unless `from` says otherwise. */
export function duration({from = 0, to = endOfTime}: DurationRange = {}): Written<Time, string> {
  return written({
    parse: (input, fail) => {
      const time = readDuration(input);
      if (typeof time === 'string') return void fail(time);
      if (time < from) fail(`expected at least ${formatDuration(from)}, got ${show(input)}`);
      if (time > to) fail(`expected at most ${formatDuration(to)}, got ${show(input)}`);
      return time;
    },
    schema: {title: 'duration', type: 'string', pattern: durationPattern, examples: ['5m']},
  });
}

/** The time, or what is wrong with the text. */
export function readDuration(input: unknown): Time | string {
  if (typeof input === 'number') {
    return `expected a duration such as ${examples}, got ${input}; write ${input}s for seconds`;
  }
  const time = typeof input === 'string' ? parseDuration(input) : undefined;
  if (time === undefined) return `expected a duration such as ${examples}, got ${show(input)}`;
  if (time > endOfTime) return `expected a duration of at most 285 years, got ${show(input)}`;
  return time;
}

function parseDuration(text: string): Time | undefined {
  if (text.length > longestText || !whole.test(text)) return undefined;
  let sum = 0;
  for (const [, count, unit] of text.matchAll(part)) sum += Number(count) * units[unit];
  return toTime(sum);
}

const units: Readonly<Record<string, Time>> = {
  us: microsecond,
  µs: microsecond,
  ms: millisecond,
  s: second,
  m: minute,
  h: hour,
  d: day,
};

const examples = '300us, 2s, 5m, 12h';
const durationPattern =
  '^(\\d+(\\.\\d+)?|\\.\\d+)(us|µs|ms|s|m|h|d)((\\d+(\\.\\d+)?|\\.\\d+)(us|µs|ms|s|m|h|d))*$';
const longestText = 60;
const whole = new RegExp(durationPattern);
const part = /(\d+(?:\.\d+)?|\.\d+)(us|µs|ms|s|m|h|d)/g;
