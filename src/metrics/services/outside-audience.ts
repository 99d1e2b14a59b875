// Somebody outside the cluster who calls a Service: how likely that is to succeed, those tell who
// play the ways in.

import {type CauseId, noCause} from '../../objects/causes.ts';
import type {Audience} from './audience.ts';
import {certain} from './view-group.ts';

export class OutsideAudience implements Audience {
  readonly weight: number;
  readonly callers = 1;
  successes = 0;
  /** Since when it is less than certain. */
  #root: CauseId = noCause;

  constructor(weight: number) {
    this.weight = weight;
  }

  get losses(): ReadonlyMap<CauseId, number> {
    const lost = certain - this.successes;
    return new Map(lost === 0 ? [] : [[this.#root, lost]]);
  }

  set(success: number | undefined, root: CauseId): void {
    const successes = Math.round(certain * (success ?? 0));
    if (successes < this.successes) this.#root = root;
    this.successes = successes;
  }

  save() {
    return {successes: this.successes, root: this.#root};
  }

  restore({successes, root}: ReturnType<OutsideAudience['save']>): void {
    this.successes = successes;
    this.#root = root;
  }
}
