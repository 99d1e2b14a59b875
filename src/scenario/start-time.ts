// What the clocks on the wall show at virtual time zero. Only what goes by such clocks depends on
// it: the schedules of CronJobs.

import {dayFromCivil, utc} from '../objects/zone.ts';
import {show} from '../options/show.ts';
import {type Written, written} from '../options/written.ts';

const pattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/;

/** In whole seconds since 1970. */
export function startTime(): Written<number, string> {
  return written({
    parse: (input, fail) => {
      const seconds = typeof input === 'string' ? readTime(input) : undefined;
      if (seconds !== undefined) return seconds;
      return void fail(`expected a time such as 2026-01-01T00:00:00Z, got ${show(input)}`);
    },
    schema: {
      title: 'time',
      type: 'string',
      pattern: pattern.source,
      examples: ['2026-01-01T00:00:00Z'],
    },
  });
}

function readTime(text: string): number | undefined {
  const parts = pattern.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [year, month, day, hour, minute, second] = parts;
  const at = utc.at(dayFromCivil(year, month, day)) + hour * 3600 + minute * 60 + second;
  // A 30 February would be another day.
  const clock = utc.read(at);
  const same = [clock.year, clock.month, clock.day, clock.hour, clock.minute, clock.second];
  return same.every((value, i) => value === parts[i]) ? at : undefined;
}
