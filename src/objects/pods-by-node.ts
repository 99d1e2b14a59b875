// Which pods are bound to a node: a list for each node, threaded through columns by the pods'
// numbers, so that a binding costs a few writes and a node's pods are found without a search.

const none = -1;

export class PodsByNode {
  #first: Int32Array = new Int32Array(16).fill(none);
  #next = new Int32Array(16);
  #previous = new Int32Array(16);

  add(pod: number, node: number): void {
    if (pod >= this.#next.length) this.#widen(pod);
    if (node >= this.#first.length) this.#first = grown(this.#first, node, none);
    const next = this.#first[node];
    this.#next[pod] = next;
    this.#previous[pod] = none;
    if (next !== none) this.#previous[next] = pod;
    this.#first[node] = pod;
  }

  remove(pod: number, node: number): void {
    const next = this.#next[pod];
    const previous = this.#previous[pod];
    if (next !== none) this.#previous[next] = previous;
    if (previous === none) this.#first[node] = next;
    else this.#next[previous] = next;
  }

  /** The latest to be bound first. */
  *on(node: number): Generator<number> {
    for (let pod = this.#first[node] ?? none; pod !== none; pod = this.#next[pod]) yield pod;
  }

  clear(): void {
    this.#first.fill(none);
  }

  #widen(pod: number): void {
    this.#next = grown(this.#next, pod, 0);
    this.#previous = grown(this.#previous, pod, 0);
  }
}

function grown(old: Int32Array, index: number, empty: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(Math.max(index + 1, old.length * 2)).fill(empty);
  wider.set(old);
  return wider;
}
