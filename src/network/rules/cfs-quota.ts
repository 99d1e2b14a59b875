// What a CPU limit lets a container use (linux: kernel/sched/fair.c, CFS bandwidth): a quota in
// each period, at whatever speed; when it is used up all stand still until the next period. What
// is left of a quota is lost. Periods begin with the first work, and have no events: what passes
// between two looks, in which the use is the same, is arithmetic.

import {millisecond, type Time} from '../../engine/time.ts';

// As kubelets have them: cpuCFSQuotaPeriod, and minQuotaPeriod of pkg/kubelet/cm/helpers_linux.go.
const period = 100 * millisecond;
const leastQuota = 1 * millisecond;

/** Less than that is nothing: sums of works are not exact. In microseconds. */
const nearly = 1e-6;

type Saved = readonly [begun: boolean, end: Time, left: number, read: Time];

export class CfsQuota {
  readonly #quota: number;
  #begun = false;
  /** Of the present period. */
  #end: Time = 0;
  #left = 0;
  /** When it was looked at last. */
  #read: Time = 0;

  constructor(cpus: number) {
    this.#quota = Math.max(leastQuota, cpus * period);
  }

  /** How long threads ran since the last look, while they used so many CPUs. */
  ran(cpus: number, now: Time): number {
    if (!this.#begun) this.#begin(now);
    const rest = Math.min(now, this.#end) - this.#read;
    let ran = running(this.#left, cpus, rest);
    this.#left = Math.max(0, this.#left - ran * cpus);
    if (now >= this.#end) {
      const whole = Math.floor((now - this.#end) / period);
      const start = this.#end + whole * period;
      const last = running(this.#quota, cpus, now - start);
      ran += whole * running(this.#quota, cpus, period) + last;
      this.#left = Math.max(0, this.#quota - last * cpus);
      this.#end = start + period;
    }
    this.#read = now;
    return ran;
  }

  /** When threads that use so many CPUs will have run for so long since the last look. */
  ranFor(time: number, cpus: number): Time {
    if (time <= nearly) return this.#read;
    const first = running(this.#left, cpus, this.#end - this.#read);
    if (time <= first + nearly) return wholeTime(this.#read + time);
    const each = running(this.#quota, cpus, period);
    const whole = Math.ceil((time - first - nearly) / each) - 1;
    return wholeTime(this.#end + whole * period + (time - first - whole * each));
  }

  /** Another container begins. */
  restart(): void {
    this.#begun = false;
  }

  save(): Saved {
    return [this.#begun, this.#end, this.#left, this.#read];
  }

  restore([begun, end, left, read]: Saved): void {
    this.#begun = begun;
    this.#end = end;
    this.#left = left;
    this.#read = read;
  }

  #begin(now: Time): void {
    this.#begun = true;
    this.#end = now + period;
    this.#left = this.#quota;
    this.#read = now;
  }
}

function running(quota: number, cpus: number, time: number): number {
  return cpus * time <= quota ? time : quota / cpus;
}

/** Not before: nothing ends that has not got all of its work. */
function wholeTime(time: number): Time {
  return Math.ceil(time - nearly);
}
