// How many replicas of one workload are desired and ready, integrated at each change.

import {Integral, type SavedIntegral} from '../engine/integral.ts';
import type {Time} from '../engine/time.ts';

export type WorkloadIdentity = {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** When its first pod was. */
  readonly created: Time;
  /** Its object says how many replicas it wants. */
  readonly declared: boolean;
};

export class WorkloadRecord {
  readonly identity: WorkloadIdentity;
  firstReady: Time | undefined = undefined;
  /** Times it came to have no ready pod while some were desired. */
  outages = 0;
  readonly desired: Integral;
  // From the first ready pod on; the first three are 0 or 1.
  readonly wanted: Integral;
  readonly any: Integral;
  readonly all: Integral;
  readonly lost: Integral;
  #ready = 0;
  #down = false;

  constructor(identity: WorkloadIdentity) {
    this.identity = identity;
    this.desired = new Integral(identity.created);
    this.wanted = new Integral(identity.created);
    this.any = new Integral(identity.created);
    this.all = new Integral(identity.created);
    this.lost = new Integral(identity.created);
  }

  static from(saved: SavedWorkload): WorkloadRecord {
    const record = new WorkloadRecord(saved.identity);
    record.firstReady = saved.firstReady;
    record.outages = saved.outages;
    record.#ready = saved.ready;
    record.#down = saved.down;
    for (const [i, integral] of record.#integrals.entries()) integral.restore(saved.integrals[i]);
    return record;
  }

  save(): SavedWorkload {
    const {identity, firstReady, outages} = this;
    const integrals = this.#integrals.map(integral => integral.save());
    return {identity, firstReady, outages, ready: this.#ready, down: this.#down, integrals};
  }

  change(now: Time, desired: number, ready: number): void {
    this.desired.add(desired, now);
    this.#ready += ready;
    if (this.#ready > 0) this.firstReady ??= now;
    if (this.firstReady === undefined) return;
    const missing = Math.max(0, this.desired.value - this.#ready);
    const wanted = this.desired.value > 0;
    const any = wanted && this.#ready > 0;
    this.wanted.set(wanted ? 1 : 0, now);
    this.any.set(any ? 1 : 0, now);
    this.all.set(any && missing === 0 ? 1 : 0, now);
    this.lost.set(missing, now);
    if (wanted && !any && !this.#down) this.outages++;
    this.#down = wanted && !any;
  }

  get #integrals(): readonly Integral[] {
    return [this.desired, this.wanted, this.any, this.all, this.lost];
  }
}

type SavedWorkload = {
  readonly identity: WorkloadIdentity;
  readonly firstReady: Time | undefined;
  readonly outages: number;
  readonly ready: number;
  readonly down: boolean;
  readonly integrals: readonly SavedIntegral[];
};
