// A CronJob's schedule, as robfig/cron's ParseStandard and Next, which Kubernetes uses: five fields
// of numbers, names, ranges and steps; of day and weekday either is enough, unless one of them is
// `*`. Times are whole seconds since 1970.

import {dayFromCivil, secondsOfDay, type WallClock, type Zone} from './zone.ts';

export type CronSchedule =
  | {readonly every: number}
  | {
      readonly minutes: ReadonlySet<number>;
      readonly hours: ReadonlySet<number>;
      readonly days: ReadonlySet<number>;
      readonly months: ReadonlySet<number>;
      readonly weekdays: ReadonlySet<number>;
      /** Either of the days is `*`: then both must hold. */
      readonly bothDays: boolean;
    };

type Bounds = {readonly from: number; readonly to: number; readonly names: readonly string[]};

const bounds: readonly Bounds[] = [
  {from: 0, to: 59, names: []},
  {from: 0, to: 23, names: []},
  {from: 1, to: 31, names: []},
  {
    from: 1,
    to: 12,
    names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  {from: 0, to: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']},
];

const words: ReadonlyMap<string, string> = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *'],
]);

/** `undefined` where it says nothing that can be read. */
export function readSchedule(text: string): CronSchedule | undefined {
  const every = /^@every (?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text);
  if (every !== null) {
    const [, hours = 0, minutes = 0, seconds = 0] = every.map(part => part ?? 0);
    const all = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    return all > 0 ? {every: all} : undefined;
  }
  const fields = (words.get(text) ?? text).trim().split(/\s+/);
  if (fields.length !== bounds.length) return undefined;
  const sets = fields.map((field, i) => readField(field, bounds[i]));
  const [minutes, hours, days, months, weekdays] = sets;
  if (!minutes || !hours || !days || !months || !weekdays) return undefined;
  return {minutes, hours, days, months, weekdays, bothDays: isStar(fields[2]) || isStar(fields[4])};
}

/** Of a field's parts, as `*` or `*` with a step of 1: a wider step is a list like any other. */
function isStar(field: string): boolean {
  return field.split(',').some(part => /^[*?](\/1)?$/.test(part));
}

function readField(field: string, limits: Bounds): ReadonlySet<number> | undefined {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const range = readRange(part, limits);
    if (range === undefined) return undefined;
    for (let value = range.from; value <= range.to; value += range.step) values.add(value);
  }
  return values;
}

function readRange(part: string, limits: Bounds) {
  const [range, stepText, ...more] = part.split('/');
  const [low, high, ...evenMore] = range.split('-');
  const any = low === '*' || low === '?';
  if (more.length + evenMore.length > 0 || (any && high !== undefined)) return undefined;
  const step = stepText === undefined ? 1 : whole(stepText);
  const from = any ? limits.from : numberOf(low, limits);
  // As `5/15`: from 5 to the end.
  const last = any || stepText !== undefined ? limits.to : from;
  const to = high === undefined ? last : numberOf(high, limits);
  if (step === undefined || from === undefined || to === undefined) return undefined;
  const fits = step > 0 && from >= limits.from && to <= limits.to && from <= to;
  return fits ? {from, to, step} : undefined;
}

function numberOf(text: string, {from, names}: Bounds): number | undefined {
  const name = names.indexOf(text.toLowerCase());
  return name < 0 ? whole(text) : name + from;
}

function whole(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** The first time after `after`; `undefined` where there is none within five years. */
export function nextTime(schedule: CronSchedule, after: number, zone: Zone): number | undefined {
  if ('every' in schedule) return after + schedule.every;
  let at = Math.floor(after / 60) * 60 + 60;
  const lastYear = zone.read(at).year + 5;
  for (;;) {
    const clock = zone.read(at);
    if (clock.year > lastYear) return undefined;
    const later = skip(schedule, clock, {at, zone});
    if (later === undefined) return at;
    at = later;
  }
}

// By the largest unit that does not fit. Hours that a clock skips are not made up for.
function skip(
  {minutes, hours, days, months, weekdays, bothDays}: Exclude<CronSchedule, {every: number}>,
  clock: WallClock,
  {at, zone}: {at: number; zone: Zone},
): number | undefined {
  const {year, month, day} = clock;
  if (!months.has(month)) {
    const next = month === 12 ? [year + 1, 1] : [year, month + 1];
    return later(at, zone.at(dayFromCivil(next[0], next[1], 1)));
  }
  const today = dayFromCivil(year, month, day);
  const fits = [days.has(day), weekdays.has((today + 4) % 7)];
  if (!(bothDays ? fits.every(Boolean) : fits.some(Boolean))) {
    return later(at, zone.at(today + 1));
  }
  const intoHour = secondsOfDay(clock) % 3600;
  if (!hours.has(clock.hour)) return at - intoHour + 3600;
  return minutes.has(clock.minute) ? undefined : at + 60;
}

/** A day that begins twice, or not at midnight, must not hold up the search. */
function later(at: number, start: number): number {
  return start > at ? start : at + 3600;
}
