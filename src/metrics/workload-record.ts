// How many replicas of one workload are desired and ready, integrated at each change; and of those
// that are missing, to what each loss is put down.

import {Integral} from '../engine/integral.ts';
import type {Time} from '../engine/time.ts';
import type {CauseId} from '../objects/causes.ts';
import {Strip, type StripState} from './strip.ts';

export type WorkloadIdentity = {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** When its first pod was. */
  readonly created: Time;
  /** Its object says how many replicas it wants. */
  readonly declared: boolean;
};

/** By how much each is more than before. */
export type WorkloadChange = {
  readonly desired: number;
  readonly ready: number;
  readonly alive: number;
};

export class WorkloadRecord {
  readonly identity: WorkloadIdentity;
  /** Its number in order of first pods. */
  readonly index: number;
  firstReady: Time | undefined = undefined;
  /** Times it came to have no ready pod while some were desired. */
  outages = 0;
  readonly desired: Integral;
  // From the first ready pod on; the first three are 0 or 1.
  readonly wanted: Integral;
  readonly any: Integral;
  readonly all: Integral;
  readonly lost: Integral;
  /** Ready now, and there now; pods that are being deleted are neither. */
  ready = 0;
  alive = 0;
  down = false;
  /** Since when it is down, or was last. */
  downSince: Time = 0;
  /** Since somebody began to look. */
  leastReady = 0;
  mostAbove = 0;
  /** Roots of the losses of replicas that are missing still, oldest first. */
  readonly losses: CauseId[] = [];
  /** Made at the first trouble: most have none. */
  strip: Strip | undefined = undefined;

  constructor(identity: WorkloadIdentity, index: number) {
    this.identity = identity;
    this.index = index;
    this.desired = new Integral(identity.created);
    this.wanted = new Integral(identity.created);
    this.any = new Integral(identity.created);
    this.all = new Integral(identity.created);
    this.lost = new Integral(identity.created);
  }

  static from(saved: SavedWorkload, index: number): WorkloadRecord {
    const record = new WorkloadRecord(saved.identity, index);
    Object.assign(record, saved.counts);
    record.losses.push(...saved.losses);
    for (const [i, integral] of record.#integrals.entries()) integral.restore(saved.integrals[i]);
    if (saved.strip !== undefined) {
      record.strip = new Strip();
      record.strip.restore(saved.strip);
    }
    return record;
  }

  save() {
    const {firstReady, outages, ready, alive, down, downSince, leastReady, mostAbove} = this;
    return {
      identity: this.identity,
      counts: {firstReady, outages, ready, alive, down, downSince, leastReady, mostAbove},
      losses: this.losses.slice(),
      integrals: this.#integrals.map(integral => integral.save()),
      strip: this.strip?.save(),
    };
  }

  /** A Job is done when its pods are: that none is ready is no outage of it. */
  get lasting(): boolean {
    return this.identity.kind !== 'Job' && this.identity.kind !== 'CronJob';
  }

  get missing(): number {
    return Math.max(0, this.desired.value - this.ready);
  }

  change(now: Time, {desired, ready, alive}: WorkloadChange): void {
    if (desired !== 0) this.desired.add(desired, now);
    this.ready += ready;
    this.alive += alive;
    if (this.ready < this.leastReady) this.leastReady = this.ready;
    const above = this.alive - this.desired.value;
    // A DaemonSet says how many it desires only after it has made its first pods.
    if (this.desired.value > 0 && above > this.mostAbove) this.mostAbove = above;
    if (this.ready > 0) this.firstReady ??= now;
    if (this.firstReady !== undefined && this.lasting) this.#integrate(now);
  }

  goDown(now: Time): void {
    this.outages++;
    this.downSince = now;
  }

  /** What takes no time is no outage: one pod went and another came at one instant. */
  comeBack(now: Time): void {
    if (now === this.downSince) this.outages--;
  }

  /** One that begins at the end of all takes no time either. */
  outagesUntil(end: Time): number {
    return this.outages - (this.down && this.downSince === end ? 1 : 0);
  }

  #integrate(now: Time): void {
    const {missing} = this;
    const wanted = this.desired.value > 0;
    const any = wanted && this.ready > 0;
    this.wanted.set(wanted ? 1 : 0, now);
    this.any.set(any ? 1 : 0, now);
    this.all.set(any && missing === 0 ? 1 : 0, now);
    this.lost.set(missing, now);
    this.down = wanted && !any;
    this.#paint(stateOf(wanted, any, missing), now);
  }

  #paint(state: StripState, now: Time): void {
    if (this.strip === undefined) {
      if (state !== 'down' && (state !== 'partly' || this.losses.length === 0)) return;
      this.strip = new Strip();
      this.strip.change('up', this.firstReady ?? now);
    }
    if (state !== this.strip.state) this.strip.change(state, now);
  }

  get #integrals(): readonly Integral[] {
    return [this.desired, this.wanted, this.any, this.all, this.lost];
  }
}

function stateOf(wanted: boolean, any: boolean, missing: number): StripState {
  if (!wanted) return 'none';
  if (!any) return 'down';
  return missing > 0 ? 'partly' : 'up';
}

type SavedWorkload = ReturnType<WorkloadRecord['save']>;
