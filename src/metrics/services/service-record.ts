// How available one Service was, integrated at each change; and of what was lost of it, to what it
// is put down.
//
// It is first ready when its availability first reaches the scenario's line: until then nodes are
// still hearing of it. Of one that never reaches it, when any client first could reach it.

import {ExactSum} from '../../engine/exact-sum.ts';
import {Integral} from '../../engine/integral.ts';
import type {Time} from '../../engine/time.ts';
import {type CauseId, noCause} from '../../objects/causes.ts';
import {Strip, type StripState} from '../strip.ts';
import type {Audience} from './audience.ts';
import type {OutageLine, ServiceOutage} from './service-outage.ts';
import {certain} from './view-group.ts';

export type ServiceSeen = {
  readonly line: OutageLine;
  readonly audiences: readonly Audience[];
  /** What is wrong with its endpoints, for people. */
  readonly describe: () => string;
};

export type ServiceIdentity = {
  /** The Service's number. */
  readonly index: number;
  readonly namespace: string;
  readonly name: string;
  readonly created: Time;
};

// A tenth that was rounded to a unit is still a tenth.
const tolerance = 1e-9;

export class ServiceRecord {
  readonly identity: ServiceIdentity;
  readonly #line: OutageLine;
  readonly #audiences: readonly Audience[];
  readonly #describe: () => string;
  firstReady: Time | undefined = undefined;
  /** It has been at the line. */
  reached = false;
  /** When it was deleted. */
  deleted: Time | undefined = undefined;
  outages: ServiceOutage[] = [];
  /** Workloads whose pods were behind it, by their numbers. */
  readonly backers = new Set<number>();
  /** Made at the first trouble. */
  strip: Strip | undefined = undefined;
  /** While a client is alive, the probability that it would get through. */
  share: number | undefined = undefined;
  #lostUnits = 0;
  /** Of the change that came last. */
  #root = noCause;
  /** From `firstReady` on: 1 while a client is alive; and 1 while none gets through. */
  #watched = new Integral();
  #unreachable = new Integral();
  #lost = new Integral();
  readonly #lostBy = new Map<CauseId, ExactSum>();
  #advanced: Time;
  #open: ServiceOutage | undefined;

  constructor(identity: ServiceIdentity, {line, audiences, describe}: ServiceSeen) {
    this.identity = identity;
    this.#line = line;
    this.#audiences = audiences;
    this.#describe = describe;
    this.#advanced = identity.created;
  }

  /** To be called before anything of its audiences changes. */
  advance(now: Time): void {
    const span = now - this.#advanced;
    if (span === 0) return;
    const {share} = this;
    if (share !== undefined && !this.reached) this.#begin(share, this.#advanced);
    this.#advanced = now;
    if (this.firstReady === undefined || share === undefined) return;
    if (this.#lostUnits > 0) this.#putDown(span);
    if (this.#open === undefined) return;
    if (share < this.#open.least) this.#open.least = share;
    this.#open.endpoints ??= this.#describe();
  }

  /** To be called after something of its audiences has changed. */
  settle(now: Time, root: CauseId): void {
    const share = this.#shareNow();
    if (share === this.share) return;
    this.share = share;
    this.#lostUnits = share === undefined ? 0 : Math.round(certain * (1 - share));
    this.#root = root;
    if (this.firstReady !== undefined) this.#write(now);
  }

  /** A node's proxy has taken up other endpoints. */
  learn(now: Time): void {
    if (this.#open !== undefined) this.#open.learned ??= now;
  }

  close(now: Time): void {
    this.advance(now);
    this.share = undefined;
    this.#lostUnits = 0;
    this.deleted = now;
    if (this.firstReady === undefined) return;
    for (const integral of [this.#watched, this.#unreachable, this.#lost]) integral.set(0, now);
    if (this.#open !== undefined) this.#comeBack(this.#open, now);
    this.#paint(false, now);
  }

  /** How it fared, in so many pieces; `undefined` where nothing was ever lost. */
  stripUntil(end: Time, pieces: number): StripState[] | undefined {
    const open = this.outagesUntil(end).find(outage => outage.end === undefined);
    if (open !== undefined) this.strip?.judge('down', open.start, end);
    return this.strip?.states(end, pieces);
  }

  /** Those that took time, and so much of it as counts. */
  outagesUntil(end: Time): readonly ServiceOutage[] {
    return this.outages.filter(({start, end: until}) => {
      return until !== undefined || (start < end && end - start >= this.#line.for);
    });
  }

  /** From first ready on, in microseconds, or units times microseconds. */
  figures(end: Time): {watched: bigint; unreachable: bigint; lost: bigint} {
    this.advance(end);
    return {
      watched: this.#watched.integral(end),
      unreachable: this.#unreachable.integral(end),
      lost: this.#lost.integral(end),
    };
  }

  /** What was lost, in units times microseconds, by root; 0 where nothing set it going. */
  lostBy(end: Time): ReadonlyMap<CauseId, bigint> {
    this.advance(end);
    return new Map([...this.#lostBy].map(([root, sum]) => [root, sum.toBigInt()]));
  }

  save() {
    const {firstReady, reached, deleted, share, outages} = this;
    return {
      identity: this.identity,
      state: {firstReady, reached, deleted, share},
      outages: outages.map(outage => ({...outage, contributors: [...outage.contributors]})),
      open: this.#open === undefined ? undefined : outages.indexOf(this.#open),
      backers: [...this.backers],
      strip: this.strip?.save(),
      integrals: [this.#watched, this.#unreachable, this.#lost].map(one => one.save()),
      root: this.#root,
      lost: {
        units: this.#lostUnits,
        by: [...this.#lostBy].map(([root, sum]) => saveSum(root, sum)),
      },
      advanced: this.#advanced,
    };
  }

  restore(saved: ReturnType<ServiceRecord['save']>): void {
    Object.assign(this, saved.state);
    this.outages = saved.outages.map(outage => ({
      ...outage,
      contributors: new Set(outage.contributors),
    }));
    this.#open = saved.open === undefined ? undefined : this.outages[saved.open];
    for (const backer of saved.backers) this.backers.add(backer);
    if (saved.strip !== undefined) {
      this.strip = new Strip();
      this.strip.restore(saved.strip);
    }
    for (const [i, one] of [this.#watched, this.#unreachable, this.#lost].entries()) {
      one.restore(saved.integrals[i]);
    }
    this.#lostUnits = saved.lost.units;
    this.#root = saved.root;
    this.#lostBy.clear();
    for (const {root, sum} of saved.lost.by) this.#sumOf(root).restore(sum);
    this.#advanced = saved.advanced;
  }

  /** Whether it is ready for the first time, since then; what went before was only on the way. */
  #begin(share: number, since: Time): void {
    const reached = !this.#isBelow(share);
    if (!reached && (share === 0 || this.firstReady !== undefined)) return;
    this.reached = reached;
    this.firstReady = since;
    this.#watched = new Integral(since);
    this.#unreachable = new Integral(since);
    this.#lost = new Integral(since);
    this.#lostBy.clear();
    this.outages.length = 0;
    this.#open = undefined;
    this.strip = undefined;
    this.#write(since);
  }

  #isBelow(share: number): boolean {
    return share < this.#line.below - tolerance;
  }

  #write(now: Time): void {
    const {share} = this;
    const below = share !== undefined && this.#isBelow(share);
    this.#watched.set(share === undefined ? 0 : 1, now);
    this.#unreachable.set(share === 0 ? 1 : 0, now);
    this.#lost.set(this.#lostUnits, now);
    if (below && this.#open === undefined) this.#goDown(now);
    if (!below && this.#open !== undefined) this.#comeBack(this.#open, now);
    this.#paint(below, now);
  }

  #shareNow(): number | undefined {
    let weights = 0;
    let sum = 0;
    for (const {weight, callers, successes} of this.#audiences) {
      if (callers === 0) continue;
      weights += weight;
      sum += weight * (successes / (callers * certain));
    }
    return weights === 0 ? undefined : sum / weights;
  }

  #goDown(now: Time): void {
    const lost = this.#lost.integral(now);
    this.#open = {
      ...{service: this.identity.index, start: now, root: this.#root, atStart: !this.reached},
      ...{lostBefore: lost, lostUntil: lost, end: undefined, least: 1},
      ...{contributors: new Set(), learned: undefined, endpoints: undefined},
    };
    this.outages.push(this.#open);
  }

  /** What takes no time, or too little, is no outage. */
  #comeBack(outage: ServiceOutage, now: Time): void {
    outage.end = now;
    outage.lostUntil = this.#lost.integral(now);
    this.#open = undefined;
    if (now === outage.start || now - outage.start < this.#line.for) this.outages.pop();
    else this.strip?.judge('down', outage.start, now);
  }

  /** Whether what is below the line is an outage, its end tells where it must last. */
  #paint(below: boolean, now: Time): void {
    const state = this.#state(below && this.#line.for === 0);
    if (this.strip === undefined) {
      if (state !== 'down' && state !== 'partly') return;
      this.strip = new Strip();
      this.strip.change('up', this.firstReady ?? now);
    }
    if (state !== this.strip.state) this.strip.change(state, now);
  }

  #state(below: boolean): StripState {
    if (this.share === undefined) return 'none';
    if (below) return 'down';
    return this.#lostUnits > 0 ? 'partly' : 'up';
  }

  /** Divides what is lost now by what is missing of its audiences, to the last unit. */
  #putDown(span: Time): void {
    const parts = this.#parts();
    let left = this.#lostUnits;
    if (parts.length === 0) parts.push([noCause, 1]);
    for (const [i, [root, part]] of parts.entries()) {
      const units = i === parts.length - 1 ? left : Math.min(left, Math.round(certain * part));
      left -= units;
      this.#sumOf(root).addProduct(units, span);
      if (root !== this.#open?.root && root !== 0) this.#open?.contributors.add(root);
    }
  }

  #parts(): [CauseId, number][] {
    const parts = new Map<CauseId, number>();
    let weights = 0;
    for (const {weight, callers} of this.#audiences) if (callers > 0) weights += weight;
    for (const {weight, callers, losses} of this.#audiences) {
      if (callers === 0) continue;
      for (const [root, units] of losses) {
        const part = (weight / weights) * (units / (callers * certain));
        parts.set(root, (parts.get(root) ?? 0) + part);
      }
    }
    return [...parts].sort(([one], [other]) => one - other);
  }

  #sumOf(root: CauseId): ExactSum {
    const known = this.#lostBy.get(root);
    if (known !== undefined) return known;
    const sum = new ExactSum();
    this.#lostBy.set(root, sum);
    return sum;
  }
}

function saveSum(root: CauseId, sum: ExactSum) {
  return {root, sum: sum.save()};
}
