// Which nodes have changed lately, as places in the list: who looked not long ago need not look at
// the others again.

/** A power of two; whoever has not looked for longer looks at all of them. */
const remembered = 1024;

export class ChangedNodes {
  readonly #places = new Int32Array(remembered);
  /** Changes so far. */
  count = 0;

  add(place: number): void {
    this.#places[this.count++ & (remembered - 1)] = place;
  }

  /** The place of the i-th change. */
  at(i: number): number {
    return this.#places[i & (remembered - 1)];
  }

  /** Are all changes from that one on still known? */
  reaches(since: number): boolean {
    return this.count - since <= remembered;
  }
}

/** As many versions, none of which equals one of those before. */
export function allNewer(versions: Int32Array, length: number): Int32Array<ArrayBuffer> {
  return new Int32Array(length).fill(versions.reduce((a, b) => Math.max(a, b), 0) + 1);
}
