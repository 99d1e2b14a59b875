// Virtual time: whole microseconds since the start of the run, in a double (exact for 285 years).
// This is the only place that converts; a real number becomes a time by rounding once, here.

export type Time = number;

export const microsecond: Time = 1;
export const millisecond: Time = 1000;
export const second: Time = 1_000_000;
export const minute: Time = 60 * second;
export const hour: Time = 60 * minute;
export const day: Time = 24 * hour;

/** The last time that can be told from the one before it. */
export const endOfTime: Time = Number.MAX_SAFE_INTEGER;

export const milliseconds = (count: number): Time => toTime(count * millisecond);
export const seconds = (count: number): Time => toTime(count * second);
export const minutes = (count: number): Time => toTime(count * minute);
export const hours = (count: number): Time => toTime(count * hour);
export const days = (count: number): Time => toTime(count * day);

/** Rounds a real number of microseconds, such as a drawn delay, to a time; halves go up. */
export function toTime(realMicroseconds: number): Time {
  return Math.floor(realMicroseconds + 0.5);
}

export const inSeconds = (time: Time): number => time / second;

/**
 * Seconds with exactly six decimals, as result files want them; digits are never computed in
 * doubles.
 */
export function formatSeconds(time: Time | bigint): string {
  const sign = time < 0 ? '-' : '';
  const digits = `${time < 0 ? -time : time}`.padStart(7, '0');
  return `${sign}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

const units: readonly (readonly [string, Time])[] = [
  ['d', day],
  ['h', hour],
  ['m', minute],
];

/** For people: `2h 5m`, `1.5s`, `300us`. Exact, so the parts of a long odd time are many. */
export function formatDuration(time: Time): string {
  if (time < 0) return `-${formatDuration(-time)}`;
  if (time === 0) return '0s';
  if (time < millisecond) return `${time}us`;
  if (time < second) return `${time / millisecond}ms`;
  const parts: string[] = [];
  let rest = time;
  for (const [letter, unit] of units) {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    if (count > 0) parts.push(`${count}${letter}`);
  }
  if (rest > 0) parts.push(`${rest / second}s`);
  return parts.join(' ');
}
