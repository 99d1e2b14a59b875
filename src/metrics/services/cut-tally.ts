// What a crowd's clients would experience while the network is cut, or names are not found: of each
// group, how many stand on which sides, and how each side fares.

import type {NameLookup} from '../../machines/name-lookups.ts';
import type {CauseId} from '../../objects/causes.ts';
import type {NodeId} from '../../objects/ids.ts';
import type {Outlook, Reach, Standpoint} from './reach.ts';
import {add, type ViewGroup} from './view-group.ts';

type Share = {
  readonly at: Standpoint;
  callers: number;
  outlook: Outlook;
};

export class CutTally {
  successes = 0;
  /** Clients to whom some of what would answer is beyond a cut. */
  cutOff = 0;
  /** Clients who may not find the name. */
  unnamed = 0;
  readonly losses = new Map<CauseId, number>();
  readonly #reach: Reach;
  readonly #lookup: NameLookup | undefined;
  /** By side. */
  readonly #shares = new Map<ViewGroup, Map<number, Share>>();

  constructor(reach: Reach, lookup: NameLookup | undefined) {
    this.#reach = reach;
    this.#lookup = lookup;
  }

  /** So many more clients of the group live there. */
  count(group: ViewGroup, node: NodeId, delta: number): void {
    const sides = this.#shares.get(group) ?? new Map<number, Share>();
    this.#shares.set(group, sides);
    const side = this.#reach.side(node);
    const share = sides.get(side) ?? this.#newShare(group, node);
    sides.set(side, share);
    share.callers += delta;
    this.#add(delta, share.outlook);
    // Another side may get its number.
    if (share.callers === 0) sides.delete(side);
  }

  /** Its targets are others, or fare otherwise. */
  renew(group: ViewGroup): void {
    for (const share of this.#shares.get(group)?.values() ?? []) {
      this.#add(-share.callers, share.outlook);
      share.outlook = this.#reach.from(share.at, group, this.#lookup);
      this.#add(share.callers, share.outlook);
    }
  }

  /** Names are found by others. */
  renewAll(): void {
    for (const group of this.#shares.keys()) this.renew(group);
  }

  drop(group: ViewGroup): void {
    this.#shares.delete(group);
  }

  #newShare(group: ViewGroup, node: NodeId): Share {
    const at = {node, names: this.#reach.names(node)};
    return {at, callers: 0, outlook: this.#reach.from(at, group, this.#lookup)};
  }

  #add(callers: number, {success, cutOff, unnamed, losses}: Outlook): void {
    this.successes += callers * success;
    if (cutOff) this.cutOff += callers;
    if (unnamed) this.unnamed += callers;
    for (const [root, units] of losses) add(this.losses, root, callers * units);
  }
}
