// How long a DaemonSet waits before it replaces a failed pod on the same node: 1 s, doubled with
// each failure up to 15 min (cmd/kube-controller-manager/app/apps.go; client-go's
// flowcontrol.Backoff).

import {minute, second, type Time} from '../engine/time.ts';

const first: Time = second;
const longest: Time = 15 * minute;

type Entry = {readonly delay: Time; readonly since: Time};

export class NodeBackOff {
  #entries = new Map<string, Entry>();

  /** How long to wait still. */
  left(key: string, now: Time): Time {
    const entry = this.#entries.get(key);
    return entry === undefined ? 0 : Math.max(0, entry.since + entry.delay - now);
  }

  /** A failed pod is replaced now. After a long time without failures it begins anew. */
  next(key: string, now: Time): void {
    const known = this.#entries.get(key);
    const fresh = known === undefined || now - known.since > 2 * longest;
    const delay = fresh ? first : Math.min(longest, known.delay * 2);
    this.#entries.set(key, {delay, since: now});
  }

  clear(): void {
    this.#entries.clear();
  }

  save(): ReadonlyMap<string, Entry> {
    return this.#entries;
  }

  restore(saved: ReadonlyMap<string, Entry>): void {
    this.#entries = new Map(saved);
  }
}
