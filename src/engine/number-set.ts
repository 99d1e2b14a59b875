// Small whole numbers, of which some are there: a bit each, gone through from the least on. What
// comes or goes meanwhile is heeded from the next 32 numbers on.

export class NumberSet {
  #words = new Uint32Array(4);

  add(number: number): void {
    const word = number >>> 5;
    if (word >= this.#words.length) {
      const wider = new Uint32Array(Math.max(word + 1, 2 * this.#words.length));
      wider.set(this.#words);
      this.#words = wider;
    }
    this.#words[word] |= 1 << (number & 31);
  }

  delete(number: number): void {
    const word = number >>> 5;
    if (word < this.#words.length) this.#words[word] &= ~(1 << (number & 31));
  }

  *[Symbol.iterator](): Generator<number> {
    for (let word = 0; word < this.#words.length; word++) {
      for (let left = this.#words[word]; left !== 0; left &= left - 1) {
        yield (word << 5) | (31 - Math.clz32(left & -left));
      }
    }
  }

  save(): Uint32Array {
    return this.#words.slice();
  }

  restore(words: Uint32Array): void {
    this.#words = words.slice();
  }
}
