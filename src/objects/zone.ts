// What clocks on the wall show: time zones, by the tables that come with the JavaScript engine. All
// in whole seconds since 1970.

export type WallClock = {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
};

export type Zone = {
  read(at: number): WallClock;
  /** When a day begins, counted from 1970. */
  at(day: number): number;
};

const secondsADay = 86_400;

/** Its first whole day is that of 1970. */
export const utc: Zone = {
  read: at => civilOf(at),
  at: day => day * secondsADay,
};

/** `undefined` for a zone that nobody knows. */
export function readZone(name: string): Zone | undefined {
  if (name === 'UTC' || name === 'Etc/UTC') return utc;
  const format = formatOf(name);
  if (format === undefined) return undefined;
  const read = (at: number): WallClock => {
    const parts = new Map(format.formatToParts(at * 1000).map(({type, value}) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
    return {
      year: part('year'),
      month: part('month'),
      day: part('day'),
      hour: part('hour'),
      minute: part('minute'),
      second: part('second'),
    };
  };
  const offset = (at: number): number => {
    const clock = read(at);
    const {year, month, day} = clock;
    return dayFromCivil(year, month, day) * secondsADay + secondsOfDay(clock) - at;
  };
  // As Go's time.Date: the offset as of then, looked up once more where it changes just there.
  const at = (day: number): number => {
    const local = day * secondsADay;
    const first = offset(local);
    const second = offset(local - first);
    return local - second;
  };
  return {read, at};
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  const two = '2-digit';
  const shape = {
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
  } as const;
  try {
    return new Intl.DateTimeFormat('en-US', {timeZone, hourCycle: 'h23', ...shape});
  } catch {
    return undefined;
  }
}

export function secondsOfDay({hour, minute, second}: WallClock): number {
  return hour * 3600 + minute * 60 + second;
}

/** Days since 1970. Years begin in March here, so that leap days come last. */
export function dayFromCivil(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146_097 + dayOfEra + dayOfYear - 719_468;
}

function civilOf(at: number): WallClock {
  const days = Math.floor(at / secondsADay) + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const leap = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524);
  const yearOfEra = Math.floor((dayOfEra - leap + Math.floor(dayOfEra / 146_096)) / 365);
  const before = 365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  const dayOfYear = dayOfEra - before;
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const rest = at - Math.floor(at / secondsADay) * secondsADay;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
    hour: Math.floor(rest / 3600),
    minute: Math.floor((rest % 3600) / 60),
    second: rest % 60,
  };
}
