// Texts by number, so that a million rows that say the same hold one string.

export class Texts {
  readonly #numbers = new Map<string, number>();
  #texts: string[] = [];

  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#texts.length);
    this.#texts.push(text);
    return this.#texts.length - 1;
  }

  text(number: number): string {
    return this.#texts[number];
  }

  save(): string[] {
    return this.#texts.slice();
  }

  restore(saved: readonly string[]): void {
    this.#numbers.clear();
    this.#texts = [];
    for (const text of saved) this.number(text);
  }
}
