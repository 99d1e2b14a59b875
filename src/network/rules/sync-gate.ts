// When kube-proxy programs a change (pkg/proxy/runner, from 1.34 on): at once after a quiet time,
// otherwise once `minSyncPeriod` has passed since the last sync was over; changes that come until
// then share one sync. An ingress controller's rate limit with a burst of one is the same.

import type {Time} from '../../engine/time.ts';

export class SyncGate {
  readonly #minSyncPeriod: Time;
  readonly #syncTime: Time;
  /** When the last sync that is known of begins. */
  #begins = -Infinity;

  /** `syncTime`: how long one takes. */
  constructor({minSyncPeriod, syncTime}: {minSyncPeriod: Time; syncTime: Time}) {
    this.#minSyncPeriod = minSyncPeriod;
    this.#syncTime = syncTime;
  }

  /** When the sync begins that takes up a change of now. */
  change(now: Time): Time {
    if (this.#begins > now) return this.#begins;
    this.#begins = Math.max(now, this.#begins + this.#syncTime + this.#minSyncPeriod);
    return this.#begins;
  }

  save(): Time {
    return this.#begins;
  }

  restore(begins: Time): void {
    this.#begins = begins;
  }
}
