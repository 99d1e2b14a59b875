// Which value of a topology key each node carries, as small numbers in a column by list position:
// worked out once per key and kept until a Node object changes, so that counting by domain is array
// work.

import type {ClusterView} from '../cache/cluster-view.ts';

export type Domains = {
  readonly key: string;
  /** By list position: the number of the node's value, -1 where the node lacks the key. */
  readonly of: Int32Array;
  /** The values, by number, in the order of first appearance. */
  readonly values: readonly string[];
  /** Some node lacks the key. */
  readonly lacking: boolean;
};

export class TopologyDomains {
  readonly #cluster: ClusterView;
  readonly #byKey = new Map<string, Domains>();
  #version = -1;

  constructor(cluster: ClusterView) {
    this.#cluster = cluster;
  }

  /** Changes when columns given out before no longer hold. */
  refresh(): number {
    // Reading the list brings positions up to date, and with them the version.
    void this.#cluster.nodes;
    const version = this.#cluster.nodeObjectsVersion;
    if (version !== this.#version) this.#byKey.clear();
    this.#version = version;
    return version;
  }

  of(key: string): Domains {
    this.refresh();
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const domains = columnOf(key, this.#cluster);
    this.#byKey.set(key, domains);
    return domains;
  }
}

function columnOf(key: string, {nodes}: ClusterView): Domains {
  const column = new Int32Array(nodes.length).fill(-1);
  const numbers = new Map<string, number>();
  for (const {labels, position} of nodes) {
    const value = labels.get(key);
    if (value === undefined) continue;
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    column[position] = number;
  }
  return {key, of: column, values: [...numbers.keys()], lacking: column.includes(-1)};
}
