// Comparisons that look like real ones, of any size: made of drawn values by the same statistics, so
// that pages about them have something to show. Pairing works: replications are alike across variants.

import {RandomStream} from '../../src/engine/random.ts';
import type {Comparison, ComparisonRow} from '../../src/experiment/comparison.ts';
import type {Observation} from '../../src/experiment/observation.ts';
import {pairedDifference} from '../../src/experiment/statistics/paired-difference.ts';
import {studentMean} from '../../src/experiment/statistics/student-mean.ts';
import {varianceRatio} from '../../src/experiment/statistics/variance-ratio.ts';
import type {ReportedComparison} from '../../src/report/html/comparison-page.ts';

export type MadeUp = {
  readonly names?: readonly string[];
  readonly replications?: number;
  readonly figures?: number;
  readonly charts?: number;
  readonly warnings?: readonly string[];
};

const usual = ['profile=default', 'profile=bin-packing', 'profile=spreading'];
const kinds = [
  {metric: 'scheduling_latency_mean', object: '', unit: 's', from: 0.8, spread: 0.2},
  {metric: 'unscheduled_share', object: '', unit: 'share', from: 0.12, spread: 0.03},
  {metric: 'pods_created', object: '', unit: 'pods', from: 638, spread: 0},
  {metric: 'downtime', object: 'Deployment default/web', unit: 's', from: 900, spread: 500},
  {metric: 'nodes_used', object: '', unit: 'nodes', from: 71, spread: 4},
];

type Kind = (typeof kinds)[number];

export function madeUpComparison({
  names = usual,
  replications = 10,
  figures = kinds.length,
  charts = 2,
  warnings = [],
}: MadeUp = {}): ReportedComparison {
  const random = new RandomStream('made-up');
  const list = Array.from({length: figures}, (_, i) => kindAt(i));
  const values = list.map(kind => drawValues(kind, names.length, replications, random));
  const rows = list.flatMap((kind, figure) => names.map((_, v) => row(kind, values[figure], v)));
  const comparison: Comparison = {
    scenario: 'made-up',
    question: 'Which profile lets pods wait least when two nodes of ten are lost?',
    variants: names.map((name, index) => ({index, name, settings: settingsIn(name)})),
    baseline: 0,
    primary: {metric: list[0].metric, object: list[0].object},
    analysis: 'terminating',
    level: 0.95,
    rows,
    warnings,
  };
  const observations = names.flatMap((_, variant) =>
    Array.from({length: replications}, (_, replication): Observation => {
      const shown = list.map((kind, figure) => ({
        ...kind,
        value: values[figure][variant][replication],
        samples: undefined,
      }));
      const series = Array.from({length: charts}, (_, i) => drawSeries(i, variant, random));
      const fingerprint = `${variant}/${replication}`;
      return {
        variant,
        replication,
        fingerprint,
        events: 1000,
        complete: true,
        figures: shown,
        series,
      };
    }),
  );
  const command = 'orrery compare made-up.yaml --vary scheduler.profile=default,bin-packing';
  return {comparison, observations, seed: 1, version: '0.1.0', command};
}

function kindAt(i: number): Kind {
  const kind = kinds[i % kinds.length];
  return i < kinds.length ? kind : {...kind, object: `part ${Math.floor(i / kinds.length)}`};
}

function drawValues({from, spread}: Kind, variants: number, count: number, random: RandomStream) {
  const shared = Array.from({length: count}, () => random.uniform() + random.uniform() - 1);
  return Array.from({length: variants}, (_, variant) =>
    shared.map(common => {
      const own = (random.uniform() - 0.5) * 0.4;
      return from + spread * (common + own - (((variant * 7) % 5) - 1.5 * (variant % 2)) / 6);
    }),
  );
}

function row(
  {metric, object, unit}: Kind,
  values: readonly (readonly number[])[],
  variant: number,
): ComparisonRow {
  const {estimate: mean, low, high, method} = studentMean(values[variant], 0.95);
  const from = pairedDifference(values[variant], values[0], {
    level: 0.95,
    random: new RandomStream('resampling'),
  });
  const base = variant === 0;
  return {
    ...{variant, metric, object, unit, mean, low, high, n: values[variant].length},
    difference: base ? undefined : from.estimate,
    differenceLow: base ? undefined : from.low,
    differenceHigh: base ? undefined : from.high,
    p: base ? undefined : from.p,
    adjustedP: base ? undefined : from.p,
    varianceRatio: base ? undefined : varianceRatio(values[variant], values[0]),
    method: base ? method : `${method}; paired-t`,
  };
}

function settingsIn(name: string) {
  return name.split(',').map(part => {
    const [path, value = ''] = part.split('=');
    return {path, value};
  });
}

function drawSeries(index: number, variant: number, random: RandomStream) {
  let value = 20;
  const points = Array.from({length: 120}, (_, i): [number, number] => {
    value = Math.max(0, value + (random.uniform() - 0.47 - variant / 90) * 5);
    return [index % 2 === 0 ? i * 60 : i / 100, value];
  });
  const axis = index % 2 === 0 ? ('time' as const) : ('arrived' as const);
  return {metric: `pending_pods_${index}`, object: '', axis, points};
}
