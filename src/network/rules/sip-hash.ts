// SipHash-1-3 of one 32-bit number, of which the lower half counts: what Linux's hsiphash is on
// 64-bit machines (include/linux/siphash.h, lib/siphash.c). Both halves of the key are alike.

const mask = (1n << 64n) - 1n;
const constants = [
  0x736f6d6570736575n,
  0x646f72616e646f6dn,
  0x6c7967656e657261n,
  0x7465646279746573n,
] as const;

/** `key`: its two halves, of 64 bits. */
export function sipHash(value: number, [key0, key1]: readonly [bigint, bigint]): number {
  const v = constants.map((constant, i) => constant ^ (i % 2 === 0 ? key0 : key1));
  // The length of what is hashed, in bytes, stands above it.
  const block = (4n << 56n) | BigInt(value >>> 0);
  v[3] ^= block;
  mix(v);
  v[0] ^= block;
  v[2] ^= 0xffn;
  for (let round = 0; round < 3; round++) mix(v);
  return Number((v[0] ^ v[1] ^ v[2] ^ v[3]) & 0xffffffffn);
}

function mix(v: bigint[]): void {
  v[0] = (v[0] + v[1]) & mask;
  v[1] = turned(v[1], 13n) ^ v[0];
  v[0] = turned(v[0], 32n);
  v[2] = (v[2] + v[3]) & mask;
  v[3] = turned(v[3], 16n) ^ v[2];
  v[0] = (v[0] + v[3]) & mask;
  v[3] = turned(v[3], 21n) ^ v[0];
  v[2] = (v[2] + v[1]) & mask;
  v[1] = turned(v[1], 17n) ^ v[2];
  v[2] = turned(v[2], 32n);
}

function turned(value: bigint, bits: bigint): bigint {
  return ((value << bits) | (value >> (64n - bits))) & mask;
}
