// What holds of every comparison, whatever its runs.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {RandomStream} from '../../src/engine/random.ts';
import {compareObservations} from '../../src/experiment/compare-observations.ts';
import type {ComparisonRow} from '../../src/experiment/comparison.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {designOf, observationsOf, type Runs} from '../support/observations.ts';

test('a difference is told as proven exactly where its interval leaves 0 out', () => {
  for (const {p, differenceLow: low, differenceHigh: high, ...row} of rowsOverSeeds) {
    if (p === undefined || low === undefined || high === undefined) continue;
    assert.is(p < 0.05, low > 0 || high < 0, JSON.stringify({...row, p, low, high}));
  }
});

test('intervals hold what they are about, and nothing that cannot be', () => {
  for (const row of rowsOverSeeds) {
    const {mean, low = 0, high = Infinity, unit, metric} = row;
    const {difference = 0, differenceLow = -Infinity, differenceHigh = Infinity} = row;
    const what = JSON.stringify(row);
    if (mean !== undefined) assert.ok(0 <= low && low <= mean && mean <= high, what);
    assert.ok(differenceLow <= difference && difference <= differenceHigh, what);
    const most = metric === 'slo_budget_spent' ? Infinity : 1;
    if (unit === 'share' && row.high !== undefined) assert.ok(high <= most, what);
  }
});

test('no interval is without width', () => {
  for (const row of rowsOverSeeds) {
    const {low, high, differenceLow, differenceHigh} = row;
    if (low !== undefined) assert.is.not(low, high, JSON.stringify(row));
    if (differenceLow !== undefined) assert.is.not(differenceLow, differenceHigh);
  }
});

const rowsOverSeeds: ComparisonRow[] = [];
forEachSeed(42, seed => {
  const random = new RandomStream(`comparison laws ${seed}`);
  const replications = [2, 3, 5, 8, 10, 21][seed % 6];
  const runs = runsOf(random, replications, 1 + (seed % 3) * 0.2);
  const {rows} = compareObservations(designOf(['a', 'b']), observationsOf(runs, 1000));
  rowsOverSeeds.push(...rows);
});

/** Of two variants, whose runs mostly share what they draw. */
function runsOf(random: RandomStream, replications: number, factor: number): Runs[] {
  const rarely = (draw: () => number) => () => (random.uniform() < 0.25 ? draw() : 0);
  const skewed = () => random.lognormal({median: 100, sigma: 1.4});
  const draws: Record<string, () => number> = {
    outages: rarely(() => 1 + Math.floor(random.exponential(1))),
    preemptions: () => Math.floor(random.exponential(30)),
    downtime: rarely(skewed),
    lost_replica_seconds: skewed,
    availability_mean: () => 1 - rarely(skewed)() / 1e6,
    nodes_used: () => Math.round(random.normal(20, 2)),
    cpu_requested_share_mean: () => Math.min(0.999, Math.max(0, random.normal(0.6, 0.2))),
    request_success_ratio: () => Math.round(1000 - Math.min(1000, random.exponential(5))) / 1000,
    slo_budget_spent: () => random.exponential(3),
  };
  const variants: Record<string, number[]>[] = [{}, {}];
  for (const [name, draw] of Object.entries(draws)) {
    const common = Array.from({length: replications}, draw);
    variants[0][name] = common.map(value => (random.uniform() < 0.7 ? value : draw()));
    variants[1][name] = common.map(value => moved(name, value, factor));
  }
  return variants;
}

function moved(name: string, value: number, factor: number): number {
  if (/availability|ratio|share_mean/.test(name))
    return Number(Math.max(0, 1 - (1 - value) * factor).toFixed(6));
  return /outages|preemptions/.test(name) ? Math.round(value * factor) : value * factor;
}

test.run();
