// Session affinity (ClientIP): each node remembers which endpoint an address had last, for a time
// that every new connection begins anew, and as long as the endpoint can still be chosen. Who comes
// is put last, so that those whose time is over stand first, and are forgotten as others come.

import type {Time} from '../../engine/time.ts';
import type {Choices, Target} from '../../machines/service-views.ts';
import type {NodeId} from '../../objects/ids.ts';

type Kept = {target: Target; until: Time};

/** Of one port of a Service. */
export class Affinity {
  readonly #now: () => Time;
  /** By node and source, the last that came last. */
  #kept = new Map<number, Kept>();
  /** Nobody's time is over before. */
  #firstEnd: Time = 0;

  constructor(now: () => Time) {
    this.#now = now;
  }

  get size(): number {
    return this.#kept.size;
  }

  target(node: NodeId, source: number, {targets}: Choices): Target | undefined {
    const kept = this.#kept.get(keyOf(node, source));
    if (kept === undefined || kept.until < this.#now()) return undefined;
    const {address} = kept.target;
    return targets.find(each => each.address === address);
  }

  keep(node: NodeId, source: number, {target, sticky}: {target: Target; sticky: Time}): void {
    const now = this.#now();
    if (this.#firstEnd < now) this.#forget(now);
    const key = keyOf(node, source);
    const kept = this.#kept.get(key) ?? {target, until: 0};
    this.#kept.delete(key);
    kept.target = target;
    kept.until = now + sticky;
    this.#kept.set(key, kept);
  }

  save() {
    return [...this.#kept].map(([key, kept]) => [key, {...kept}] as const);
  }

  restore(saved: ReturnType<Affinity['save']>): void {
    this.#kept = new Map(saved.map(([key, kept]) => [key, {...kept}]));
    this.#firstEnd = 0;
  }

  #forget(now: Time): void {
    for (const [key, {until}] of this.#kept) {
      this.#firstEnd = until;
      if (until >= now) return;
      this.#kept.delete(key);
    }
  }
}

function keyOf(node: NodeId, source: number): number {
  return node * 2 ** 32 + source;
}
