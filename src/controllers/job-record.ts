// What the Job controller has counted of one Job: each pod once, when it has ended or is being
// deleted. The finalizers that make sure of it in a real cluster are left out, since no pod goes
// here without the controller's hearing of it.

import {minute, second, type Time} from '../engine/time.ts';
import type {KnownPod} from './known-pod.ts';

const indexLabel = 'batch.kubernetes.io/job-completion-index';

// As backoff_utils.go; the documentation says six minutes, the code ten.
const firstBackOff: Time = 10 * second;
const longestBackOff: Time = 10 * minute;

export class JobRecord {
  succeeded = 0;
  failed = 0;
  /** Since the last success. */
  failuresInARow = 0;
  lastFailure: Time = 0;
  readonly indexes = new Set<number>();
  /** Serials of the pods that count no more. */
  readonly counted = new Set<number>();

  static from(saved: SavedJobRecord): JobRecord {
    return Object.assign(new JobRecord(), saved, {
      indexes: new Set(saved.indexes),
      counted: new Set(saved.counted),
    });
  }

  save(): SavedJobRecord {
    return {...this};
  }

  /** As isPodFailed: a pod that is being deleted has failed, unless it succeeded before. */
  count(pods: readonly KnownPod[], now: Time): number {
    const news = pods.filter(pod => !this.counted.has(pod.serial) && isOver(pod));
    for (const pod of news.sort((a, b) => endOf(a, now) - endOf(b, now) || a.serial - b.serial)) {
      this.#add(pod, now);
    }
    return news.length;
  }

  /** Deleted because it is too many: neither a success nor a failure. */
  ignore({serial}: KnownPod): void {
    this.counted.add(serial);
  }

  /** Until another pod may be made after failures. */
  backOff(now: Time): Time {
    if (this.failuresInARow === 0) return 0;
    const delay = Math.min(longestBackOff, firstBackOff * 2 ** (this.failuresInARow - 1));
    return Math.max(0, this.lastFailure + delay - now);
  }

  #add(pod: KnownPod, now: Time): void {
    this.counted.add(pod.serial);
    if (pod.phase === 'Succeeded') {
      this.succeeded++;
      this.failuresInARow = 0;
      const index = indexOf(pod);
      if (index !== undefined) this.indexes.add(index);
      return;
    }
    this.failed++;
    this.failuresInARow++;
    this.lastFailure = endOf(pod, now);
  }
}

export type SavedJobRecord = {
  readonly succeeded: number;
  readonly failed: number;
  readonly failuresInARow: number;
  readonly lastFailure: Time;
  readonly indexes: ReadonlySet<number>;
  readonly counted: ReadonlySet<number>;
};

export function indexOf({template}: KnownPod): number | undefined {
  const text = template.labels.get(indexLabel);
  return text === undefined ? undefined : Number(text);
}

export function indexLabels(index: number): readonly [string, string][] {
  return [[indexLabel, `${index}`]];
}

function isOver({phase, terminating}: KnownPod): boolean {
  return terminating || phase === 'Succeeded' || phase === 'Failed';
}

function endOf({phase, endedAt}: KnownPod, now: Time): Time {
  return phase === 'Succeeded' || phase === 'Failed' ? endedAt : now;
}
