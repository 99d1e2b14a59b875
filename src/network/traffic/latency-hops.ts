// The network between two places, as requests cross it.

import type {Place} from '../../machines/links.ts';
import type {Latencies, Path} from '../latency/latencies.ts';
import {paths} from '../latency/latency-options.ts';
import {type Hops, noHops} from './hops.ts';

/** `free`: nothing takes time there, nothing is lost. */
export function hopsOf(latencies: Latencies, free: boolean): Hops {
  if (free) return noHops;
  return {
    none: false,
    lossless: paths.every((_, path) => latencies.loss(path as Path) === 0),
    roundTrip: (from: Place, to: Place) => latencies.roundTrip(latencies.between(from, to)),
    transfer: (from: Place, to: Place, bytes: number) =>
      latencies.transfer(latencies.between(from, to), bytes),
    lost: (from: Place, to: Place) => latencies.lost(latencies.between(from, to)),
  };
}
