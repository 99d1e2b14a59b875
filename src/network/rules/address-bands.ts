// Addresses and node ports that are handed out by chance come from the upper part of their range,
// as long as it has any: the lower part, the static band, is left to those who ask for a certain
// one (KEP-3070, KEP-3668).

/** Of a range of so many cluster IPs; ranges too small to be divided have none. */
export function clusterIpBand(size: number): number {
  return band(size, {share: 16, most: 256});
}

export function nodePortBand(size: number): number {
  return band(size, {share: 32, most: 128});
}

const least = 16;

function band(size: number, {share, most}: {share: number; most: number}): number {
  if (size <= least) return 0;
  return Math.min(Math.max(least, Math.floor(size / share)), most);
}
