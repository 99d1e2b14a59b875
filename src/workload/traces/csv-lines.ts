// Takes a text piece by piece and gives its lines: a trace may be larger than any text that fits
// into memory. What a piece ends in waits for the next one.

/** Longer lines are not rows of a trace; what is beyond this is dropped. */
export const longestLine = 65_536;

export class CsvLines {
  readonly #each: (line: string, number: number) => void;
  #rest = '';
  #number = 1;

  constructor(each: (line: string, number: number) => void) {
    this.#each = each;
  }

  push(piece: string): void {
    let from = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', from)) {
      this.#line(this.#rest + piece.slice(from, end));
      this.#rest = '';
      from = end + 1;
    }
    this.#rest = `${this.#rest}${piece.slice(from, from + longestLine + 1)}`.slice(
      0,
      longestLine + 1,
    );
  }

  /** The last line may end without a line feed. */
  finish(): void {
    if (this.#rest !== '') this.#line(this.#rest);
    this.#rest = '';
  }

  #line(text: string): void {
    const number = this.#number++;
    const plain = number === 1 && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    this.#each(plain, number);
  }
}
