// Where a costly distribution function of a positive quantity reaches a share: between a bound
// below and one above, by the secant where it helps and by halving where not (Illinois rule).

import {exp, log} from '../../engine/math.ts';

type Point = {readonly at: number; readonly off: number};

/** To a millionth: the bound of an interval is never better known. */
export function crossing(below: (q: number) => number, share: number, start: number): number {
  const point = (at: number): Point => ({at, off: below(exp(at)) - share});
  let [low, high] = bracket(point, log(start));
  let side = 0;
  for (let step = 0; step < 60 && high.at - low.at > 1e-6; step++) {
    const middle = point(between(low, high, step));
    if (Math.abs(middle.off) < 1e-9) return exp(middle.at);
    if (middle.off < 0) {
      if (side === -1) high = {...high, off: high.off / 2};
      [low, side] = [middle, -1];
    } else {
      if (side === 1) low = {...low, off: low.off / 2};
      [high, side] = [middle, 1];
    }
  }
  return exp((low.at + high.at) / 2);
}

function bracket(point: (at: number) => Point, start: number): [Point, Point] {
  let low = point(start);
  let high = low;
  for (let step = 0.5; low.off > 0 && low.at > -600; step *= 2) {
    high = low;
    low = point(low.at - step);
  }
  for (let step = 0.5; high.off < 0 && high.at < 600; step *= 2) {
    low = high;
    high = point(high.at + step);
  }
  return [low, high];
}

function between(low: Point, high: Point, step: number): number {
  const secant = (low.at * high.off - high.at * low.off) / (high.off - low.off);
  return step % 4 === 3 || !(secant > low.at && secant < high.at) ? (low.at + high.at) / 2 : secant;
}
