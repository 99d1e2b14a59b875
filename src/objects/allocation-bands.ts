// Of the numbers that a Service may be given, the lower ones are left to those who ask for a
// certain one (KEP-3070 of cluster IPs, KEP-3668 of node ports).

/** How many of a range's addresses; none of a small one. As calculateRangeOffset. */
export function clusterIPBand(size: number): number {
  return size <= 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 16)), 256);
}

/** How many of a range's ports; none of a small one. */
export function nodePortBand(size: number): number {
  return size <= 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 32)), 128);
}

/** As --service-node-port-range. */
export const nodePorts = {first: 30_000, last: 32_767} as const;

/**
 * The first that is free from a random one on, round and round above the band, then within it.
 * `draw`: a whole number from 0, less than what it is asked for.
 */
export function scanForFree(
  {size, band}: {readonly size: number; readonly band: number},
  draw: (below: number) => number,
  isFree: (index: number) => boolean,
): number | undefined {
  for (const [from, length] of [
    [band, size - band],
    [0, band],
  ]) {
    if (length <= 0) continue;
    const start = draw(length);
    for (let i = 0; i < length; i++) {
      const index = from + ((start + i) % length);
      if (isFree(index)) return index;
    }
  }
  return undefined;
}
