// What is left of a whole number, from 0 to 2^52, divided by another. The operator % says the same,
// but beyond 32 bits by a call of the C library, which costs more than all else in a draw. The
// quotient is never rounded up to a whole: it lies at least 2^-52 of itself below.

export function remainder(whole: number, divisor: number): number {
  return whole - Math.floor(whole / divisor) * divisor;
}
