// What crossing the network costs, as requests see it.

import type {Time} from '../../engine/time.ts';
import type {Place} from '../../machines/links.ts';

export interface Hops {
  /** Nothing takes time and nothing is lost. */
  readonly none: boolean;
  /** Nothing is lost. */
  readonly lossless: boolean;
  /** A packet there and one back. */
  roundTrip(from: Place, to: Place): Time;
  /** What so many bytes take beyond the first packet, one way. */
  transfer(from: Place, to: Place, bytes: number): Time;
  /** A packet is lost on its way. */
  lost(from: Place, to: Place): boolean;
}

export const noHops: Hops = {
  none: true,
  lossless: true,
  roundTrip: () => 0,
  transfer: () => 0,
  lost: () => false,
};
