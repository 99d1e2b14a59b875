// When a CronJob is due (pkg/controller/cronjob/utils.go, mostRecentScheduleTime and
// nextScheduleTimeDuration). Virtual times; the clocks on the wall show whole seconds.

import {millisecond, second, type Time} from '../engine/time.ts';
import {type CronSchedule, nextTime, readSchedule} from '../objects/cron-schedule.ts';
import type {CronJobObject} from '../objects/job-object.ts';
import {readZone, utc, type Zone} from '../objects/zone.ts';

/** A little late rather than too early (nextScheduleDelta). */
const lateness: Time = 100 * millisecond;

export class CronTimes {
  /** What the clocks show at time zero, in seconds since 1970. */
  readonly #startTime: number;
  readonly #schedules = new Map<string, CronSchedule>();
  readonly #zones = new Map<string, Zone>();

  constructor(startTime: number) {
    this.#startTime = startTime;
  }

  /** The last time it was due and has not been served; of several that were missed only one. */
  unmet(cron: CronJobObject, now: Time): Time | undefined {
    const {startingDeadline = Infinity} = cron.spec;
    const from = Math.max(earliest(cron), now - startingDeadline);
    return this.#mostRecent(cron, {from, now});
  }

  /** From now until it is to be looked at again. */
  untilNext(cron: CronJobObject, now: Time): Time | undefined {
    const from = earliest(cron);
    const next = this.#next(cron, this.#mostRecent(cron, {from, now}) ?? from);
    return next === undefined ? undefined : Math.max(0, next + lateness - now);
  }

  /** The minute since 1970, which names the Job. */
  minuteOf(at: Time): number {
    return Math.floor((this.#startTime + at / second) / 60);
  }

  // As the real one: it guesses from the distance of the next two how many were missed, goes back
  // by two of them and walks.
  #mostRecent(cron: CronJobObject, {from, now}: {from: Time; now: Time}): Time | undefined {
    const first = this.#next(cron, from);
    if (first === undefined || now < first) return undefined;
    const second = this.#next(cron, first);
    if (second === undefined || now < second) return first;
    const gap = second - first;
    const missed = Math.floor((now - first) / gap) + 1;
    let recent: Time | undefined;
    let at = this.#next(cron, first + Math.max(0, missed - 2) * gap);
    while (at !== undefined && at <= now) {
      recent = at;
      at = this.#next(cron, at);
    }
    return recent ?? first;
  }

  #next(cron: CronJobObject, after: Time): Time | undefined {
    const {schedule, timeZone = 'UTC'} = cron.spec;
    const known = this.#schedules.get(schedule) ?? readSchedule(schedule);
    const zone = this.#zones.get(timeZone) ?? readZone(timeZone) ?? utc;
    if (known === undefined) return undefined;
    this.#schedules.set(schedule, known);
    this.#zones.set(timeZone, zone);
    const at = nextTime(known, this.#startTime + Math.floor(after / second), zone);
    return at === undefined ? undefined : (at - this.#startTime) * second;
  }
}

function earliest({createdAt, status}: CronJobObject): Time {
  return status.lastSchedule ?? createdAt;
}
