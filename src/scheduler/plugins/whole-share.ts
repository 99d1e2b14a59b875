// Beyond this a product by 100 leaves the whole numbers that a double holds (85 TiB in bytes).
const largestExact = Math.floor(Number.MAX_SAFE_INTEGER / 100);

/**
 * Hundredths of `whole` that `part` is, cut down, as Go's int64 `part*100/whole` for parts from 0
 * up.
 */
export function wholeShare(part: number, whole: number): number {
  if (part <= largestExact) return Math.floor((part * 100) / whole);
  return Number((BigInt(part) * 100n) / BigInt(whole));
}
