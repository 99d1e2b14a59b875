// Session affinity (ClientIP): each node remembers which endpoint a caller had last, for a time
// that every new connection begins anew, and as long as the endpoint can still be chosen.

import type {Time} from '../../engine/time.ts';
import type {Choices, Target} from '../../machines/service-views.ts';
import type {NodeId} from '../../objects/ids.ts';

type Kept = {readonly target: Target; readonly until: Time};

export class Affinity {
  readonly #now: () => Time;
  /** By node and caller. */
  readonly #kept: (Map<number, Kept> | undefined)[] = [];

  constructor(now: () => Time) {
    this.#now = now;
  }

  target(node: NodeId, caller: number, {targets}: Choices): Target | undefined {
    const kept = this.#kept[node]?.get(caller);
    if (kept === undefined || kept.until < this.#now()) return undefined;
    const {address} = kept.target;
    return targets.find(each => each.address === address);
  }

  keep(node: NodeId, caller: number, {target, sticky}: {target: Target; sticky: Time}): void {
    this.#kept[node] ??= new Map();
    this.#kept[node].set(caller, {target, until: this.#now() + sticky});
  }

  save() {
    return this.#kept.map(each => each && [...each]);
  }

  restore(saved: ReturnType<Affinity['save']>): void {
    this.#kept.length = 0;
    for (const [node, each] of saved.entries()) this.#kept[node] = each && new Map(each);
  }
}
