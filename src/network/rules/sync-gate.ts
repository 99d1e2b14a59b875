// When kube-proxy programs a change: at once after a quiet time, otherwise once it may again;
// changes that come until then share one sync. An ingress controller's rate limit with a burst of
// one is the same.

import type {Time} from '../../engine/time.ts';

/** As pkg/proxy/runner, from 1.34 on: `minSyncPeriod` from one's end to the next one's begin. */
export class SyncGate {
  readonly #minSyncPeriod: Time;
  readonly #syncTime: Time;
  /** When the last sync that is known of begins, and when the next may. */
  #begins = -Infinity;
  #free = -Infinity;

  /** `syncTime`: how long one takes, unless it is said of each. */
  constructor({minSyncPeriod, syncTime = 0}: {minSyncPeriod: Time; syncTime?: Time}) {
    this.#minSyncPeriod = minSyncPeriod;
    this.#syncTime = syncTime;
  }

  /** When the sync begins that takes up a change of now. */
  change(now: Time): Time {
    if (this.#begins > now) return this.#begins;
    this.#begins = Math.max(now, this.#free);
    this.takes(this.#syncTime);
    return this.#begins;
  }

  /** Of the sync that begins next, or now. */
  takes(syncTime: Time): void {
    this.#free = this.#begins + syncTime + this.#minSyncPeriod;
  }

  /** Another process has no memory of the last one's syncs. */
  forget(): void {
    this.restore([-Infinity, -Infinity]);
  }

  save(): readonly number[] {
    return [this.#begins, this.#free];
  }

  restore([begins, free]: readonly number[]): void {
    this.#begins = begins;
    this.#free = free;
  }
}

/** As pkg/util/async until 1.33: two syncs may follow at once, then one a `minSyncPeriod`. */
export class SyncBucket {
  readonly #minSyncPeriod: Time;
  #begins = -Infinity;
  /** When the last sync is over. */
  #over = -Infinity;
  /** When the bucket of two will be full. */
  #full = -Infinity;

  constructor({minSyncPeriod}: {minSyncPeriod: Time}) {
    this.#minSyncPeriod = minSyncPeriod;
  }

  change(now: Time): Time {
    if (this.#begins > now) return this.#begins;
    const token = Math.max(now, this.#full - this.#minSyncPeriod);
    this.#begins = Math.max(token, this.#over);
    this.#full = Math.max(this.#full, this.#begins) + this.#minSyncPeriod;
    return this.#begins;
  }

  takes(syncTime: Time): void {
    this.#over = this.#begins + syncTime;
  }

  forget(): void {
    this.restore([-Infinity, -Infinity, -Infinity]);
  }

  save(): readonly number[] {
    return [this.#begins, this.#over, this.#full];
  }

  restore([begins, over, full]: readonly number[]): void {
    this.#begins = begins;
    this.#over = over;
    this.#full = full;
  }
}
