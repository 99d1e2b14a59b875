// Tables for drawing exponential and normal numbers exactly, nearly always with one multiplication
// (G. Marsaglia and W. W. Tsang, The Ziggurat Method, Journal of Statistical Software 5(8), 2000).
//
// The area under a falling density f is cut into 256 layers of equal area v; layer i reaches from
// 0 to x[i], and all of it left of x[i+1] lies below f. The lowest layer holds the tail beyond r.

import {exp, log} from './math.ts';

export interface Layers {
  readonly x: Float64Array;
  readonly f: Float64Array;
  /** Where the tail begins. */
  readonly r: number;
}

interface Density {
  readonly r: number;
  readonly v: number;
  readonly f: (x: number) => number;
  readonly inverse: (y: number) => number;
}

function layersOf({r, v, f, inverse}: Density): Layers {
  const x = new Float64Array(257);
  x[0] = v / f(r);
  x[1] = r;
  for (let i = 2; i < 256; i++) x[i] = inverse(v / x[i - 1] + f(x[i - 1]));
  return {x, f: x.map(f), r};
}

const exponentialTail = 7.69711747013105;

export const exponentialLayers = layersOf({
  r: exponentialTail,
  v: (exponentialTail + 1) * exp(-exponentialTail),
  f: x => exp(-x),
  inverse: y => -log(y),
});

export const normalLayers = layersOf({
  r: 3.654152885361009,
  v: 0.004928673233974655,
  f: x => exp(-0.5 * x * x),
  inverse: y => Math.sqrt(-2 * log(y)),
});
