// What something costs an hour, in money of any kind: euros, or multiples of the cheapest node.

import * as z from 'zod';

/** A million nodes of the highest can still be added up exactly, in millionths. */
const highest = 1000;

export function price() {
  return z.number().min(0).max(highest);
}

/** In millionths; `undefined` for a text that is not a price. */
export function readPrice(text: string): number | undefined {
  const value = Number(text);
  return text.trim() !== '' && value >= 0 && value <= highest ? Math.round(value * 1e6) : undefined;
}
