// What pods of a trace look like besides the cpu and memory that they ask for. Each different look
// is read once; rows name it by its number.

export type Look = {
  /** `undefined`: that of the workload. */
  readonly namespace?: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: object;
};

export class Looks {
  readonly all: Look[] = [];
  readonly #numbers = new Map<string, number>();

  /** `key`: the text that it is read from. */
  find(key: string): number | undefined {
    return this.#numbers.get(key);
  }

  add(key: string, look: Look): number {
    const number = this.all.push(look) - 1;
    this.#numbers.set(key, number);
    return number;
  }
}
