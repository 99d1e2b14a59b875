// The experiments by which intervals are held to what they promise, and the bounds, in per cent,
// between which each has to hold the truth. Where few values cannot tell one law from another the
// interval of the worse one serves for both, and holds more than it promises.

import type {RandomStream} from '../../../src/engine/random.ts';
import {
  type FigureSample,
  figureDifference,
  figureInterval,
} from '../../../src/experiment/statistics/figure-interval.ts';
import {type Experiment, type Law, laws, outageLength, poisson, sampleOf} from './coverage.ts';

export type Cell = Experiment & {
  readonly experiments: number;
  readonly atLeast: number;
  readonly atMost: number;
};

/** Of what two runs do not share, as a factor. */
const noiseMean = Math.exp(0.2 ** 2 / 2);

const promised = {atLeast: 93.5, atMost: 96.5};
const cautious = {atLeast: 93.5, atMost: 98};
const rare = {atLeast: 93, atMost: 100};
/** No outage of a run can be longer than the run: some 3,600 times the median outage. */
const runLength = 3600;

export const levelCells: readonly Cell[] = [5, 10, 20, 50].flatMap(count => [
  level('normal', count, promised),
  level('lognormal', count, promised),
  level('exponential', count, cautious),
]);

export const otherLevelCells: readonly Cell[] = [5, 20].flatMap(count => [
  level('gamma', count, cautious),
  level('uniform', count, cautious),
]);

export const rareCells: readonly Cell[] = [
  ...[5, 20].map(count => downtime(count, 0.2, rare)),
  ...[5, 20].map(count => unavailability(count, 0.2, rare)),
  downtime(20, 1, promised),
  outages(5, 0.2, rare),
  outages(20, 0.2, {atLeast: 95, atMost: 99}),
  outages(20, 2, {atLeast: 95, atMost: 98}),
];

export const differenceCells: readonly Cell[] = [
  ...[5, 20].flatMap(count => [
    difference('normal', 1, count, promised, random => {
      const shared = random.normal(10, 3);
      return [shared + random.normal(1, 1), shared + random.normal(0, 1)];
    }),
    difference('no', 0, count, {atLeast: 94, atMost: 98.5}, random => {
      const shared = laws.lognormal.draw(random);
      return [shared * noise(random), shared * noise(random)];
    }),
    difference('lognormal', laws.lognormal.mean / 2, count, cautious, random => {
      const shared = laws.lognormal.draw(random);
      return [shared + laws.lognormal.draw(random) / 2, shared];
    }),
    difference('exponential', 1, count, promised, random => {
      const shared = random.exponential(1);
      return [shared + random.exponential(2), shared + random.exponential(1)];
    }),
    difference('scaled', laws.lognormal.mean / 5, count, cautious, random => {
      const shared = laws.lognormal.draw(random);
      return [shared, shared * 0.8];
    }),
    difference('roughly scaled', (laws.lognormal.mean * noiseMean) / 5, count, rare, random => {
      const shared = laws.lognormal.draw(random);
      return [shared * noise(random), shared * noise(random) * 0.8];
    }),
    lessDowntime(count),
  ]),
];

type Bounds = Pick<Cell, 'atLeast' | 'atMost'>;

function level(law: keyof typeof laws, count: number, bounds: Bounds): Cell {
  const {mean}: Law = laws[law];
  return {
    ...{
      name: `mean, ${law}, n = ${count}`,
      truth: mean,
      experiments: count > 20 ? 2000 : 4000,
      ...bounds,
    },
    interval: (random, choice) =>
      figureInterval({kind: 'level', values: sampleOf(laws[law], count, random)}, choice),
  };
}

function downtime(count: number, outagesMean: number, bounds: Bounds): Cell {
  const truth = outagesMean * outageLength.mean;
  const name = `downtime, ${outagesMean} outages a run, n = ${count}`;
  const experiments = outagesMean < 1 ? 2000 : 800;
  return {
    ...{name, truth, experiments, ...bounds},
    interval: (random, choice) => {
      const values = everyRun(count, () => downtimeOfRun(outagesMean, random));
      return figureInterval({kind: 'total', values}, {...choice, atMost: runLength});
    },
  };
}

function unavailability(count: number, outagesMean: number, bounds: Bounds): Cell {
  const truth = 1 - (outagesMean * outageLength.mean) / runLength;
  const name = `availability, ${outagesMean} outages a run, n = ${count}`;
  return {
    ...{name, truth, experiments: 2000, ...bounds},
    interval: (random, choice) => {
      const up = () => Math.max(0, 1 - downtimeOfRun(outagesMean, random) / runLength);
      return figureInterval({kind: 'availability', values: everyRun(count, up)}, choice);
    },
  };
}

function outages(count: number, truth: number, bounds: Bounds): Cell {
  return {
    ...{name: `outages, ${truth} a run, n = ${count}`, truth, experiments: 2000, ...bounds},
    interval: (random, choice) =>
      figureInterval(
        {kind: 'count', values: everyRun(count, () => poisson(truth, random))},
        choice,
      ),
  };
}

/** Of pairs of runs: the variant's value and the baseline's. */
function difference(
  law: string,
  truth: number,
  count: number,
  bounds: Bounds,
  draw: (random: RandomStream) => [number, number],
  kind: FigureSample['kind'] = 'level',
): Cell {
  return {
    ...{
      name: `difference, ${law}, n = ${count}`,
      truth,
      experiments: count > 10 ? 1500 : 3000,
      ...bounds,
    },
    interval: (random, choice) => {
      const pairs = everyRun(count, () => draw(random));
      const [values, baseline] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)];
      const all = {...choice, atMost: runLength};
      return figureDifference({kind, values}, {kind, values: baseline}, all);
    },
  };
}

/** Half of the outages happen under both strategies. */
function lessDowntime(count: number): Cell {
  const truth = 0.1 * outageLength.mean;
  const draw = (random: RandomStream): [number, number] => {
    const shared = downtimeOfRun(0.1, random);
    return [shared + downtimeOfRun(0.2, random), shared + downtimeOfRun(0.1, random)];
  };
  return difference('downtime', truth, count, rare, draw, 'total');
}

function downtimeOfRun(outagesMean: number, random: RandomStream): number {
  const events = poisson(outagesMean, random);
  return sampleOf(outageLength, events, random).reduce((sum, length) => sum + length, 0);
}

function noise(random: RandomStream): number {
  return random.lognormal({median: 1, sigma: 0.2});
}

function everyRun<T>(count: number, draw: () => T): T[] {
  return Array.from({length: count}, draw);
}
