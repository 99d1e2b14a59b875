// How long machines of real systems were up and down, as fitted in the Failure Trace Archive:
// B. Javadi, D. Kondo, A. Iosup, D. Epema, The Failure Trace Archive, Journal of Parallel and
// Distributed Computing, 2013. Hours. Of its four fits these are the ones that B. Schroeder and
// G. Gibson (DSN 2006) found to suit such data: times up as Weibull, times down as lognormal.

import {exp} from '../engine/math.ts';
import {hour} from '../engine/time.ts';
import type {Distribution} from '../options/distribution.ts';

/** Weibull up; lognormal down, with mean and standard deviation of the logarithm. */
type Fit = {
  readonly shape: number;
  readonly scale: number;
  readonly mu: number;
  readonly sigma: number;
};

const fits = {
  'grid5000-2006': {shape: 0.48, scale: 14.37, mu: -2, sigma: 2.2},
  'lanl-2005': {shape: 0.48, scale: 816.6, mu: 0.05, sigma: 1.42},
  'ldns-2004': {shape: 0.51, scale: 79.3, mu: 0.91, sigma: 1.64},
  'microsoft-1999': {shape: 0.55, scale: 35.3, mu: 1.42, sigma: 1.54},
  'notredame-2007': {shape: 0.45, scale: 4.16, mu: -1.02, sigma: 1.27},
  'overnet-2003': {shape: 0.85, scale: 2.04, mu: 0.08, sigma: 1.8},
  'planetlab-2005': {shape: 0.33, scale: 19.35, mu: 0.4, sigma: 2.45},
  'skype-2006': {shape: 0.64, scale: 10.86, mu: 1.4, sigma: 1.73},
  'websites-2002': {shape: 0.46, scale: 3.68, mu: -1.12, sigma: 1.13},
} as const satisfies Record<string, Fit>;

export type FailureModel = keyof typeof fits;

export const failureModels = Object.keys(fits) as FailureModel[];

export function modelLaws(model: FailureModel): {up: Distribution; down: Distribution} {
  const {shape, scale, mu, sigma} = fits[model];
  return {
    up: {measure: 'duration', law: 'weibull', shape, scale: scale * hour},
    down: {measure: 'duration', law: 'lognormal', median: exp(mu) * hour, sigma},
  };
}
