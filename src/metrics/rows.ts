// Storage for a row per pod or per event that is only ever added to: columns in chunks, so that
// growing copies nothing and never holds everything twice.

const chunkBits = 12;
const chunkRows = 2 ** chunkBits;

/** `Chunk` is an object of columns, each with a place for `length` rows. */
export class Chunks<Chunk> {
  readonly #newChunk: (length: number) => Chunk;
  #chunks: Chunk[] = [];

  constructor(newChunk: (length: number) => Chunk) {
    this.#newChunk = newChunk;
  }

  /** The chunk that has the row; the row's place in it is `place(row)`. */
  of(row: number): Chunk {
    const index = row >>> chunkBits;
    while (index >= this.#chunks.length) this.#chunks.push(this.#newChunk(chunkRows));
    return this.#chunks[index];
  }

  save(): Chunk[] {
    return this.#chunks;
  }

  restore(saved: Chunk[]): void {
    this.#chunks = saved;
  }
}

export function place(row: number): number {
  return row & (chunkRows - 1);
}

/** A copy with room for index `last`, at least twice as long as before. */
export function roomFor<Column extends Float64Array | Int32Array | Uint8Array>(
  column: Column,
  last: number,
): Column {
  if (last < column.length) return column;
  const Kind = column.constructor as new (length: number) => Column;
  const wider = new Kind(Math.max(column.length * 2, last + 1));
  wider.set(column);
  return wider;
}
