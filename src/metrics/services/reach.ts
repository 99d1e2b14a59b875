// How likely a client on a node is to get through to what its view holds while the network is cut,
// or names are not found. Nodes on the same sides of all cuts that ask the same name servers fare
// alike.

import type {Links} from '../../machines/links.ts';
import type {NameLookup} from '../../machines/name-lookups.ts';
import {type CauseId, noCause} from '../../objects/causes.ts';
import type {NodeId} from '../../objects/ids.ts';
import type {Backend} from './backends.ts';
import type {NameViews} from './name-views.ts';
import {add, certain, type ViewGroup} from './view-group.ts';

export type Outlook = {
  readonly success: number;
  /** Something that would answer is beyond a cut. */
  readonly cutOff: boolean;
  /** Names may not be found. */
  readonly unnamed: boolean;
  readonly losses: ReadonlyMap<CauseId, number>;
};

/** Any node on that side of the cuts, and where its questions for names go. */
export type Standpoint = {readonly node: NodeId; readonly names: number};

const mostNames = 2 ** 20;

export class Reach {
  /** To what the cut is put down. */
  root = 0 as CauseId;
  readonly #links: Links;
  readonly #names: NameViews | undefined;
  #sides: number[] = [];

  constructor(links: Links, names: NameViews | undefined) {
    this.#links = links;
    this.#names = names;
  }

  /** Nothing lies between any two, and all names are found. */
  get whole(): boolean {
    return this.#links.whole && this.#names?.whole !== false;
  }

  /** The cuts are others. */
  renew(): void {
    this.#sides = [];
  }

  side(node: NodeId): number {
    const known = this.#sides[node] ?? this.#links.side(node);
    this.#sides[node] = known;
    return known * mostNames + this.names(node);
  }

  names(node: NodeId): number {
    return this.#names?.slot(node) ?? 0;
  }

  /** Of any node there, if it has power. Without `lookup` it calls by address. */
  from(at: Standpoint, group: ViewGroup, lookup: NameLookup | undefined): Outlook {
    const outlook = this.#connecting(at.node, group);
    if (lookup === undefined || this.#names === undefined) return outlook;
    const uncut = (backend: Backend | undefined) => this.#links.uncut(at.node, backend?.node);
    const {fate, blame} = this.#names.prospect(at.names, uncut, this.root);
    const found = lookup(fate);
    return found < 1 ? unnamed(outlook, found, blame) : outlook;
  }

  #connecting(node: NodeId, group: ViewGroup): Outlook {
    const losses = new Map<CauseId, number>();
    const {length} = group.backends;
    if (length === 0) {
      group.addLosses(1, losses);
      return {success: 0, cutOff: false, unnamed: false, losses};
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
    const success = Math.round((certain * good) / length);
    return {success, cutOff, unnamed: false, losses};
  }
}

/** What is lost as the name is not found is put down to that; what is left, to the rest. */
function unnamed(outlook: Outlook, found: number, blame: ReadonlyMap<CauseId, number>): Outlook {
  const losses = new Map<CauseId, number>();
  for (const [root, units] of outlook.losses) add(losses, root, Math.floor(units * found));
  const all = [...blame.values()].reduce((sum, part) => sum + part, 0);
  const lost = certain * (1 - found);
  if (all === 0) add(losses, noCause, Math.floor(lost));
  for (const [root, part] of blame) add(losses, root, Math.floor((lost * part) / all));
  return {...outlook, unnamed: true, losses, success: Math.round(outlook.success * found)};
}
