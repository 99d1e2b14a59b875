// Schedules against robfig/cron v3: spec_test.go (TestNext, TestActivation) and parser_test.go.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {nextTime, readSchedule} from '../../src/objects/cron-schedule.ts';
import {readZone, utc} from '../../src/objects/zone.ts';

const at = (text: string): number => Date.parse(`${text}Z`) / 1000;
const told = (time: number | undefined): string =>
  time === undefined ? 'never' : new Date(time * 1000).toISOString().slice(0, 16);

// after, schedule, next
const table: [string, string, string][] = [
  ['2012-07-09T14:45', '0/15 * * * *', '2012-07-09T15:00'],
  ['2012-07-09T14:59', '0/15 * * * *', '2012-07-09T15:00'],
  ['2012-07-09T15:45', '20-35/15 * * * *', '2012-07-09T16:20'],
  ['2012-07-09T23:46', '*/15 * * * *', '2012-07-10T00:00'],
  ['2012-07-09T23:45', '20-35/15 * * * *', '2012-07-10T00:20'],
  ['2012-07-09T23:35', '20 10/2 9-20 Jul *', '2012-07-10T10:20'],
  ['2012-12-31T23:59', '* * * * *', '2013-01-01T00:00'],
  ['2012-07-09T23:35', '0 0 9 Apr-Oct *', '2012-08-09T00:00'],
  ['2012-07-09T23:35', '0 0 */5 Apr,Aug,Oct Mon', '2012-08-01T00:00'],
  ['2012-07-09T23:35', '0 0 * Feb Mon', '2013-02-04T00:00'],
  ['2012-07-09T23:35', '0 0 29 Feb *', '2016-02-29T00:00'],
  ['2012-07-09T23:35', '0 0 31 Feb *', 'never'],
  ['2012-07-15T00:00', '0 0 1,15 * Sun', '2012-07-22T00:00'],
  ['2012-07-01T00:00', '0 0 1,15 * *', '2012-07-15T00:00'],
  ['2012-07-01T00:00', '0 0 * * sun', '2012-07-08T00:00'],
  ['2012-07-01T00:00', '@hourly', '2012-07-01T01:00'],
  ['2012-07-01T00:00', '@weekly', '2012-07-08T00:00'],
  ['2012-07-01T00:00', '@monthly', '2012-08-01T00:00'],
  ['2012-07-01T00:00', '@annually', '2013-01-01T00:00'],
  ['2012-07-01T00:00', '@every 1h30m', '2012-07-01T01:30'],
];

for (const [after, text, expected] of table) {
  test(`after ${after} "${text}" is due at ${expected}`, () => {
    const schedule = readSchedule(text);
    assert.is(told(schedule && nextTime(schedule, at(after), utc)), expected);
  });
}

// Clocks in New York go from 02:00 to 03:00 on 11 March 2012, and back on 4 November.
const zones: [string, string, string, string][] = [
  ['America/New_York', '2012-03-11T05:00', '30 2 11 Mar *', '2013-03-11T06:30'],
  ['America/New_York', '2012-03-11T05:00', '0 * * * *', '2012-03-11T06:00'],
  ['America/New_York', '2012-03-11T06:00', '0 * * * *', '2012-03-11T07:00'],
  ['America/New_York', '2012-11-04T05:00', '0 * * * *', '2012-11-04T06:00'],
  ['America/New_York', '2012-11-04T04:00', '30 1 * * *', '2012-11-04T05:30'],
  ['Asia/Kolkata', '2026-01-01T00:00', '0 9 * * *', '2026-01-01T03:30'],
  ['Europe/Berlin', '2026-07-01T12:00', '@daily', '2026-07-01T22:00'],
];

for (const [name, after, text, expected] of zones) {
  test(`in ${name} after ${after} "${text}" is due at ${expected}`, () => {
    const [schedule, zone] = [readSchedule(text), readZone(name)];
    assert.is(told(schedule && zone && nextTime(schedule, at(after), zone)), expected);
  });
}

test('what is no schedule is told', () => {
  const wrong = ['', '* * * *', '60 * * * *', '* 24 * * *', '* * 0 * *', '* * * 13 *', '* * * * 7'];
  const more = ['5-3 * * * *', '*/0 * * * *', 'x * * * *', '1-2-3 * * * *', '@often', '@every 0s'];
  for (const text of [...wrong, ...more]) assert.is(readSchedule(text), undefined, text);
  assert.is(readZone('Europe/Atlantis'), undefined);
});

test('dates come out as the engine reckons them', () => {
  for (let day = -400_000; day < 400_000; day += 997) {
    const {year, month, day: ofMonth} = utc.read(day * 86_400);
    const date = new Date(day * 86_400_000);
    assert.equal(
      [year, month, ofMonth],
      [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()],
    );
  }
});

test.run();
