// Draws the time of a trip, or of a share of one, from its law. A lognormal trip has a floor, since
// light and cables take their time however idle the network is.

import type {RandomStream} from '../../engine/random.ts';
import {type Time, toTime} from '../../engine/time.ts';
import {unreachable} from '../../engine/unreachable.ts';
import type {Distribution, Law} from '../../options/distribution.ts';
import {type Draw, drawer} from '../../options/drawer.ts';
import {LognormalTable} from './lognormal-table.ts';

export type TripOptions = {
  readonly stream: RandomStream;
  /** No lognormal trip is shorter than this share of its median. */
  readonly floor: number;
  readonly share: number;
};

export function tripDrawer(trip: Distribution, {stream, floor, share}: TripOptions): Draw {
  const law = scaled(trip, share);
  if (law.law === 'constant') {
    const time: Time = toTime(Math.max(0, law.value));
    return () => time;
  }
  if (law.law !== 'lognormal') return drawer({...law, measure: 'duration'}, stream);
  const least = floor * law.median;
  const table = new LognormalTable(law);
  return () => toTime(Math.max(least, table.draw(stream)));
}

/** Of times so many times as long. */
function scaled(law: Law, by: number): Law {
  switch (law.law) {
    case 'constant':
      return {...law, value: law.value * by};
    case 'exponential':
    case 'erlang':
      return {...law, mean: law.mean * by};
    case 'lognormal':
      return {...law, median: law.median * by};
    case 'weibull':
    case 'gamma':
      return {...law, scale: law.scale * by};
    case 'normal':
      return {...law, mean: law.mean * by, sd: law.sd * by};
    case 'uniform':
      return {...law, from: law.from * by, to: law.to * by};
    case 'pareto':
      return {...law, scale: law.scale * by, max: law.max === undefined ? undefined : law.max * by};
    case 'empirical':
      return {...law, values: law.values.map(value => value * by)};
    default:
      return unreachable(law);
  }
}
