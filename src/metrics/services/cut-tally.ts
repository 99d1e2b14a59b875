// What a crowd's clients would experience while the network is cut: of each group, how many stand
// on which sides of the cuts, and how each side fares.

import type {CauseId} from '../../objects/causes.ts';
import type {NodeId} from '../../objects/ids.ts';
import type {Outlook, Reach} from './reach.ts';
import {add, type ViewGroup} from './view-group.ts';

type Share = {
  /** One of the nodes there, whichever. */
  readonly node: NodeId;
  callers: number;
  outlook: Outlook;
};

export class CutTally {
  successes = 0;
  /** Clients to whom some of what would answer is beyond a cut. */
  cutOff = 0;
  readonly losses = new Map<CauseId, number>();
  readonly #reach: Reach;
  /** By side. */
  readonly #shares = new Map<ViewGroup, Map<number, Share>>();

  constructor(reach: Reach) {
    this.#reach = reach;
  }

  /** So many more clients of the group live there. */
  count(group: ViewGroup, node: NodeId, delta: number): void {
    const share = this.#share(group, node);
    share.callers += delta;
    this.#add(delta, share.outlook);
  }

  /** Its targets are others, or fare otherwise. */
  renew(group: ViewGroup): void {
    for (const share of this.#shares.get(group)?.values() ?? []) {
      this.#add(-share.callers, share.outlook);
      share.outlook = this.#reach.from(share.node, group);
      this.#add(share.callers, share.outlook);
    }
  }

  drop(group: ViewGroup): void {
    this.#shares.delete(group);
  }

  #share(group: ViewGroup, node: NodeId): Share {
    const sides = this.#shares.get(group) ?? new Map<number, Share>();
    this.#shares.set(group, sides);
    const side = this.#reach.side(node);
    const known = sides.get(side);
    if (known !== undefined) return known;
    const share = {node, callers: 0, outlook: this.#reach.from(node, group)};
    sides.set(side, share);
    return share;
  }

  #add(callers: number, {success, cutOff, losses}: Outlook): void {
    this.successes += callers * success;
    if (cutOff) this.cutOff += callers;
    for (const [root, units] of losses) add(this.losses, root, callers * units);
  }
}
