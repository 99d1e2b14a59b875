// A moment as tables of traces write it: seconds since the trace began, seconds since 1970, or a
// date.

import {dayFromCivil, utc} from './zone.ts';

/** In microseconds. Dates without an offset are in UTC. */
export function readTimeCell(
  cell: string | undefined,
): {value: number; isDate: boolean} | undefined {
  if (cell === undefined || cell === '') return undefined;
  const parts = cell.includes(':') ? date.exec(cell) : undefined;
  if (parts) {
    const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number);
    const [hours = 0, minutes = 0] = parts[7] === undefined ? [] : parts.slice(8).map(Number);
    const ahead = (parts[7] === '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
    const seconds = utc.at(dayFromCivil(year, month, day)) + hour * 3600 + minute * 60;
    return {value: (seconds - ahead) * 1e6 + second * 1e6, isDate: true};
  }
  const value = Number(cell) * 1e6;
  // Nobody waits for 30 years: those are seconds since 1970.
  return value >= 0 && value <= 1e16 ? {value, isDate: value >= 1e15} : undefined;
}

const date = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d(?:\.\d+)?)(?:Z|([+-])(\d\d):?(\d\d))?$/;
