// A direct, undelayed call to whoever watches. For metrics, and for what physics tells a machine
// about itself; what travels over a network goes through events instead.

type Values = [] | [unknown] | [unknown, unknown] | [unknown, unknown, unknown];
type Watcher = (a?: unknown, b?: unknown, c?: unknown) => void;

export class Signal<A extends Values> {
  // Replaced, never changed in place: who watches or unwatches during an emit changes the next one.
  #watchers: readonly Watcher[] = [];
  /** Of each watcher, in the same order: one function may watch more than once. */
  #entries: readonly symbol[] = [];

  get watched(): boolean {
    return this.#watchers.length > 0;
  }

  /** Watchers are called in the order in which they came. Returns the function that ends it. */
  watch(watcher: (...values: A) => void): () => void {
    const entry = Symbol('watcher');
    this.#watchers = [...this.#watchers, watcher as Watcher];
    this.#entries = [...this.#entries, entry];
    return () => this.#unwatch(entry);
  }

  #unwatch(entry: symbol): void {
    const index = this.#entries.indexOf(entry);
    if (index < 0) return;
    this.#watchers = this.#watchers.toSpliced(index, 1);
    this.#entries = this.#entries.toSpliced(index, 1);
  }

  emit(...values: A): void;
  // Three plain parameters instead of a rest array: an emit allocates nothing.
  emit(a?: unknown, b?: unknown, c?: unknown): void {
    const watchers = this.#watchers;
    for (let i = 0; i < watchers.length; i++) watchers[i](a, b, c);
  }
}
