// How often an interval holds the truth: the same experiment again and again, with fixed seeds.

import {RandomStream} from '../../../src/engine/random.ts';
import type {Interval} from '../../../src/experiment/statistics/interval.ts';
import type {Choice} from '../../../src/experiment/statistics/level-mean.ts';

export type Experiment = {
  readonly name: string;
  readonly truth: number;
  /** One experiment's interval for what is really `truth`. */
  readonly interval: (random: RandomStream, choice: Choice) => Interval;
};

export type Coverage = {
  /** In per cent of the experiments: the interval held the truth, lay above it, lay below it. */
  readonly held: number;
  readonly above: number;
  readonly below: number;
  /** The median width in units of the truth (of 1 where that is 0). */
  readonly width: number;
  readonly methods: readonly string[];
};

export function coverage({name, truth, interval}: Experiment, experiments: number): Coverage {
  const random = new RandomStream(`coverage/${name}`);
  const choice = {level: 0.95, random: new RandomStream('coverage/resampling')};
  let [above, below] = [0, 0];
  const widths: number[] = [];
  const methods = new Map<string, number>();
  for (let i = 0; i < experiments; i++) {
    const {low = -Infinity, high = Infinity, method} = interval(random, choice);
    if (low > truth) above++;
    if (high < truth) below++;
    widths.push(high - low);
    methods.set(method, (methods.get(method) ?? 0) + 1);
  }
  const share = (count: number) => (100 * count) / experiments;
  widths.sort((one, other) => one - other);
  return {
    ...{held: 100 - share(above + below), above: share(above), below: share(below)},
    width: widths[Math.floor(experiments / 2)] / (truth === 0 ? 1 : Math.abs(truth)),
    methods: [...methods].sort(([, one], [, other]) => other - one).map(([method]) => method),
  };
}

export type Law = {readonly mean: number; readonly draw: (random: RandomStream) => number};

export const laws = {
  normal: {mean: 10, draw: random => random.normal(10, 2)},
  uniform: {mean: 0.5, draw: random => random.uniform()},
  exponential: {mean: 1, draw: random => random.exponential(1)},
  gamma: {mean: 2, draw: random => random.gamma({shape: 2, scale: 1})},
  lognormal: {mean: Math.exp(0.5), draw: random => random.lognormal({median: 1, sigma: 1})},
} as const satisfies Record<string, Law>;

/** The lengths of outages, as of repairs by people. */
export const outageLength: Law = {
  mean: Math.exp(1.42 ** 2 / 2),
  draw: random => random.lognormal({median: 1, sigma: 1.42}),
};

export function sampleOf(law: Law, count: number, random: RandomStream): number[] {
  return Array.from({length: count}, () => law.draw(random));
}

/** How many events fall into a time in which `mean` are expected. */
export function poisson(mean: number, random: RandomStream): number {
  let count = 0;
  for (let time = random.exponential(1); time < mean; time += random.exponential(1)) count++;
  return count;
}
