// How one pod of an ingress controller chooses among the endpoints of one backend
// (ingress-nginx: rootfs/etc/nginx/lua/balancer). A reload of its configuration makes it anew.

import type {RandomStream} from '../../engine/random.ts';
import {second, type Time} from '../../engine/time.ts';
import type {Target} from '../../machines/service-views.ts';
import {PeakEwma} from '../rules/peak-ewma.ts';
import {untried} from '../untried.ts';
import type {IngressController} from './ingress-options.ts';

export class UpstreamBalancer {
  readonly balance: IngressController['balance'];
  readonly #stream: RandomStream;
  /** Of round robin: how far it is. */
  #turn: number | undefined;
  /** By serial: how slow each has been of late. */
  readonly #slowness = new Map<number, PeakEwma>();

  constructor(balance: IngressController['balance'], stream: RandomStream) {
    this.balance = balance;
    this.#stream = stream;
  }

  /** There is at least one. `tried`: those that failed this request before. */
  choose(targets: readonly Target[], tried: readonly number[], now: Time): Target {
    switch (this.balance) {
      case 'round-robin':
        return this.#next(targets);
      case 'ewma':
        return this.#faster(untried(targets, tried), now);
      default:
        return this.#any(untried(targets, tried));
    }
  }

  /** An endpoint has answered. */
  answered(serial: number, took: Time, now: Time): void {
    if (this.balance !== 'ewma') return;
    const known = this.#slowness.get(serial) ?? new PeakEwma();
    this.#slowness.set(serial, known);
    known.add(took / second, now);
  }

  save() {
    const slowness = [...this.#slowness].map(([serial, mean]) => [serial, mean.save()] as const);
    return {turn: this.#turn, slowness};
  }

  restore({turn, slowness}: ReturnType<UpstreamBalancer['save']>): void {
    this.#turn = turn;
    this.#slowness.clear();
    for (const [serial, saved] of slowness) {
      const mean = new PeakEwma();
      mean.restore(saved);
      this.#slowness.set(serial, mean);
    }
  }

  /** From anywhere on, one after the other. */
  #next(targets: readonly Target[]): Target {
    const {length} = targets;
    const last = this.#turn ?? this.#stream.integer(0, length - 1);
    this.#turn = (last + 1) % length;
    return targets[this.#turn];
  }

  #any(targets: readonly Target[]): Target {
    return targets.length === 1 ? targets[0] : this.#stream.choice(targets);
  }

  /** Of two by chance the one that has been faster; who is new is as fast as all on average. */
  #faster(targets: readonly Target[], now: Time): Target {
    if (targets.length === 1) return targets[0];
    const one = this.#stream.integer(0, targets.length - 1);
    const drawn = this.#stream.integer(0, targets.length - 2);
    const other = drawn < one ? drawn : drawn + 1;
    const slower = this.#score(targets[one], now) > this.#score(targets[other], now);
    return targets[slower ? other : one];
  }

  #score({serial}: Target, now: Time): number {
    const known = this.#slowness.get(serial);
    if (known !== undefined) return known.score(now);
    let sum = 0;
    for (const mean of this.#slowness.values()) sum += mean.score(now);
    return this.#slowness.size === 0 ? 0 : sum / this.#slowness.size;
  }
}
