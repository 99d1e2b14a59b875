// What is left of a life that is looked at in the middle, long after the first one began. Of lives
// that follow one another for ever, a moment hits long ones more often: the life hit has density
// x f(x) / mean, and the moment lies anywhere in it alike. So the rest, whose density is
// (1 - F(x)) / mean, is drawn as a uniform share of a length-biased life (D. R. Cox, Renewal
// Theory, 1962, chapter 5): exact for every law, without a table.

import {exp, log, pow} from '../engine/math.ts';
import type {RandomStream} from '../engine/random.ts';
import {endOfTime, toTime} from '../engine/time.ts';
import {unreachable} from '../engine/unreachable.ts';
import type {Distribution} from './distribution.ts';

/** One such time, of a law whose mean is above zero and finite. */
export function drawResidual(distribution: Distribution, stream: RandomStream): number {
  const life = drawLengthBiased(distribution, stream);
  return Math.min(endOfTime, toTime(stream.uniform() * life));
}

function drawLengthBiased(distribution: Distribution, stream: RandomStream): number {
  switch (distribution.law) {
    case 'constant':
      return distribution.value;
    case 'exponential':
      return stream.gamma({shape: 2, scale: distribution.mean});
    case 'erlang': {
      const {shape, mean} = distribution;
      return stream.gamma({shape: shape + 1, scale: mean / shape});
    }
    case 'gamma':
      return stream.gamma({shape: distribution.shape + 1, scale: distribution.scale});
    case 'lognormal': {
      const {median, sigma} = distribution;
      return stream.lognormal({median: median * exp(sigma * sigma), sigma});
    }
    case 'weibull': {
      // (X / scale)^shape of a length-biased X is a gamma of shape 1 + 1/shape.
      const {shape, scale} = distribution;
      return scale * pow(stream.gamma({shape: 1 + 1 / shape, scale: 1}), 1 / shape);
    }
    case 'uniform': {
      const {from, to} = distribution;
      return Math.sqrt(stream.uniform(from * from, to * to));
    }
    case 'normal':
      return lengthBiasedNormal(distribution, stream);
    case 'pareto':
      return lengthBiasedPareto(distribution, stream);
    case 'empirical': {
      const {values, weights} = distribution;
      return stream.weightedChoice(
        values,
        weights.map((weight, i) => weight * values[i]),
      );
    }
    default:
      return unreachable(distribution);
  }
}

type Normal = {readonly mean: number; readonly sd: number};

/**
 * Density x φ((x - mean) / sd) above zero. Its logarithm bends at least as much as that of the
 * normal around its peak, which therefore lies above it everywhere: drawn from that, and kept with
 * the ratio as chance.
 */
function lengthBiasedNormal({mean, sd}: Normal, stream: RandomStream): number {
  if (sd === 0) return mean;
  const peak = (mean + Math.sqrt(mean * mean + 4 * sd * sd)) / 2;
  for (;;) {
    const x = stream.normal(peak, sd);
    if (x <= 0) continue;
    // The squares of the two normals cancel but for a linear term.
    const ratio = log(x / peak) - ((x - peak) * (peak - mean)) / (sd * sd);
    if (log(stream.uniform()) < ratio) return x;
  }
}

type Pareto = {readonly shape: number; readonly scale: number; readonly max: number | undefined};

/** Density x^-shape from `scale` to `max`, by inversion. */
function lengthBiasedPareto({shape, scale, max}: Pareto, stream: RandomStream): number {
  const u = stream.uniform();
  if (max !== undefined && shape === 1) return scale * pow(max / scale, u);
  const end = max === undefined ? 0 : pow(max / scale, 1 - shape);
  return scale * pow(u + (1 - u) * end, 1 / (1 - shape));
}
