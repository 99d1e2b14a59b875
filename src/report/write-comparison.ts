// A finished comparison as files, beside its journal: compare.csv, runs.csv with what each run came
// to, report.html, compare.json with what it was. Equal runs give equal bytes.

import {readdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Comparison} from '../experiment/comparison.ts';
import {figureText} from '../experiment/figure-name.ts';
import {writeJournal} from '../experiment/journal.ts';
import type {Observation} from '../experiment/observation.ts';
import type {Plan, Shard} from '../experiment/plan.ts';
import type {Cell, ResultTable} from '../metrics/table.ts';
import {comparisonTable} from './comparison-csv.ts';
import {besideJournal, journalName} from './comparison-folder.ts';
import {comparisonPage} from './html/comparison-page.ts';
import {writeJson, writeTable} from './write-run.ts';

export type ComparedRuns = {
  readonly plan: Plan;
  readonly observations: readonly Observation[];
};

/** Into a folder that exists. */
export function writeComparison(
  folder: string,
  {plan, observations, comparison}: ComparedRuns & {readonly comparison: Comparison},
): void {
  writeShardFiles(folder, {plan, observations});
  const tables = [comparisonTable(comparison), runsTable(plan, observations)];
  for (const table of tables) writeTable(join(folder, table.file), table);
  writeFileSync(join(folder, pageName), pageOf(plan, observations, comparison));
  const files = ['compare.json', journalName, ...tables.map(({file}) => file), pageName];
  writeRecord(folder, {plan, observations}, {files});
}

const pageName = 'report.html';

function pageOf(
  {seed, orrery: version, command}: Plan,
  observations: readonly Observation[],
  comparison: Comparison,
): string {
  return comparisonPage({comparison, observations, seed, version, command});
}

/** One of several jobs leaves what `orrery merge` needs. */
export function writeShard(
  folder: string,
  {plan, observations, shard}: ComparedRuns & {readonly shard: Shard},
): void {
  writeShardFiles(folder, {plan, observations, shard});
  const files = ['compare.json', journalName];
  writeRecord(folder, {plan, observations}, {shard: `${shard.number}/${shard.of}`, files});
}

/** What an earlier attempt to write left half done goes. */
function writeShardFiles(
  folder: string,
  {plan, observations, shard}: ComparedRuns & {readonly shard?: Shard},
): void {
  writeJournal(join(folder, journalName), {head: {plan, shard}, observations});
  for (const entry of readdirSync(folder)) {
    if (besideJournal.has(entry)) rmSync(join(folder, entry));
  }
}

function writeRecord(folder: string, {plan, observations}: ComparedRuns, more: object): void {
  const {scenario, question, seed, variants, baseline, compare, command, orrery} = plan;
  const {primary, analysis} = compare;
  writeJson(join(folder, 'compare.json'), {
    ...{scenario, question, seed},
    variants: variants.map(({name, settings, hash}) => {
      return {
        name,
        settings: Object.fromEntries(settings.map(({path, value}) => [path, value])),
        hash,
      };
    }),
    baseline: variants[baseline].name,
    primary: primary === undefined ? null : figureText(primary),
    analysis,
    replications: observations.reduce((most, run) => Math.max(most, run.replication + 1), 0),
    runs: observations.length,
    ...{command, orrery, ...more},
  });
}

function runsTable({variants}: Plan, observations: readonly Observation[]): ResultTable {
  return {
    file: 'runs.csv',
    columns: ['variant', 'replication', 'metric', 'object', 'value', 'unit', 'samples'],
    long: true,
    *rows(): Generator<Cell[]> {
      for (const {variant, replication, figures} of observations) {
        const {name} = variants[variant];
        for (const {metric, object, value, unit, samples} of figures) {
          yield [name, replication, metric, object, value, unit, samples];
        }
      }
    },
  };
}
