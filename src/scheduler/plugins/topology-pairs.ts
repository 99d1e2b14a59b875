// Sums by topology pair, a node label's key and value, such as zone=a: kept per key in a column of
// domains.

import type {NodeInfo} from '../cache/node-info.ts';
import type {Domains, TopologyDomains} from './topology-domains.ts';

export class TopologyPairs {
  readonly #topology: TopologyDomains;
  readonly #byKey = new Map<string, PairColumn>();
  /** The columns that got something since `clear`. */
  readonly #used: PairColumn[] = [];

  constructor(topology: TopologyDomains) {
    this.#topology = topology;
  }

  clear(): void {
    for (const column of this.#used) column.clear();
    this.#used.length = 0;
  }

  /** No pair has a sum other than 0. */
  get isEmpty(): boolean {
    return this.#used.every(({pairs}) => pairs === 0);
  }

  /** Nothing was added since `clear`, not even what has been taken back. */
  get isUntouched(): boolean {
    return this.#used.length === 0;
  }

  /** Adds to the pair that the node carries; a node without the key carries none. */
  add(key: string, node: NodeInfo, amount: number): void {
    const column = this.#column(key);
    if (!column.add(node.position, amount) || column.used) return;
    column.used = true;
    this.#used.push(column);
  }

  at(key: string, node: NodeInfo): number {
    return this.#byKey.get(key)?.at(node.position) ?? 0;
  }

  /** The sum of what the node's pairs have. */
  total({position}: NodeInfo): number {
    let total = 0;
    for (let i = 0; i < this.#used.length; i++) total += this.#used[i].at(position);
    return total;
  }

  hasAbove0({position}: NodeInfo): boolean {
    for (let i = 0; i < this.#used.length; i++) if (this.#used[i].at(position) > 0) return true;
    return false;
  }

  #column(key: string): PairColumn {
    const known = this.#byKey.get(key);
    const domains = this.#topology.of(key);
    if (known?.domains === domains) return known;
    const column = new PairColumn(domains);
    this.#byKey.set(key, column);
    return column;
  }
}

class PairColumn {
  readonly domains: Domains;
  readonly #sums: Float64Array;
  readonly #touched: number[] = [];
  pairs = 0;
  used = false;

  constructor(domains: Domains) {
    this.domains = domains;
    this.#sums = new Float64Array(domains.values.length);
  }

  add(position: number, amount: number): boolean {
    const domain = this.domains.of[position];
    if (domain < 0) return false;
    const before = this.#sums[domain];
    const after = before + amount;
    this.#sums[domain] = after;
    if (before === 0 && after !== 0) this.pairs++;
    if (before !== 0 && after === 0) this.pairs--;
    if (before === 0) this.#touched.push(domain);
    return true;
  }

  at(position: number): number {
    const domain = this.domains.of[position];
    return domain < 0 ? 0 : this.#sums[domain];
  }

  clear(): void {
    for (const domain of this.#touched) this.#sums[domain] = 0;
    this.#touched.length = 0;
    this.pairs = 0;
    this.used = false;
  }
}
