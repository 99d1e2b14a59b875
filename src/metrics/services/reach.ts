// How likely a client on a node is to get through to what its view holds while the network is cut.
// Nodes on the same sides of all cuts fare alike.

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
  #sides: number[] = [];

  constructor(links: Links) {
    this.#links = links;
  }

  /** The cuts are others. */
  renew(): void {
    this.#sides = [];
  }

  side(node: NodeId): number {
    const known = this.#sides[node];
    if (known !== undefined) return known;
    const side = this.#links.side(node);
    this.#sides[node] = side;
    return side;
  }

  /** Of any node on its side, if it has power. */
  from(node: NodeId, group: ViewGroup): Outlook {
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
      const dead = backend?.good === false;
      const reached = this.#links.uncut(node, backend?.node);
      if (reached && !dead) good++;
      else add(counts, dead ? backend.root : this.root, 1);
      cutOff ||= !reached && !dead;
    }
    for (const [root, count] of counts) add(losses, root, Math.floor((certain * count) / length));
    return {success: Math.round((certain * good) / length), cutOff, losses};
  }
}
