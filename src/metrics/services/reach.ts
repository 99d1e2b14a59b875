// How likely a client on a node is to get through to what its view holds while the network is cut.
// Nodes on the same sides of all cuts fare alike, so a group of a crowd is looked at once a side.

import type {Links} from '../../machines/links.ts';
import type {CauseId} from '../../objects/causes.ts';
import type {NodeId} from '../../objects/ids.ts';
import {add, certain, type ViewGroup} from './view-group.ts';

export type Outlook = {
  readonly success: number;
  /** Something that would answer is beyond a cut. */
  readonly cutOff: boolean;
  readonly losses: ReadonlyMap<CauseId, number>;
};

export class Reach {
  /** To what the cut is put down. */
  root = 0 as CauseId;
  readonly #links: Links;
  readonly #known = new Map<ViewGroup, Map<number, Outlook>>();

  constructor(links: Links) {
    this.#links = links;
  }

  /** What was found before holds no longer. */
  begin(): void {
    this.#known.clear();
  }

  from(node: NodeId, group: ViewGroup): Outlook {
    const side = this.#links.side(node);
    const known = this.#known.get(group)?.get(side);
    if (known !== undefined) return known;
    const outlook = this.#look(node, group);
    if (!this.#standsAmong(node, side, group)) return outlook;
    const bySide = this.#known.get(group) ?? new Map<number, Outlook>();
    this.#known.set(group, bySide.set(side, outlook));
    return outlook;
  }

  /** Whether others on its side fare as it does: a node always reaches itself. */
  #standsAmong(node: NodeId, side: number, {backends}: ViewGroup): boolean {
    for (const backend of backends) {
      const there = backend?.node;
      if (there === undefined || this.#links.side(there) !== side) continue;
      if (there === node || !this.#links.connect(node, there)) return false;
    }
    return true;
  }

  #look(node: NodeId, group: ViewGroup): Outlook {
    const losses = new Map<CauseId, number>();
    const {length} = group.backends;
    if (length === 0) {
      group.addLosses(1, losses);
      return {success: 0, cutOff: false, losses};
    }
    let good = 0;
    let cutOff = false;
    const counts = new Map<CauseId, number>();
    for (const backend of group.backends) {
      const reached = this.#links.connect(node, backend?.node);
      if (reached && backend?.good !== false) good++;
      else add(counts, backend?.good === false ? backend.root : this.root, 1);
      cutOff ||= !reached && backend?.good !== false;
    }
    for (const [root, count] of counts) add(losses, root, Math.floor((certain * count) / length));
    return {success: Math.round((certain * good) / length), cutOff, losses};
  }
}
