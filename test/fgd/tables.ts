// The experiment as fgd.csv, every metric at every percent; as runs.csv, what became of each run;
// and as fgd.md, what the paper shows.

import type {Published} from '../oracles/fgd/openb.ts';
import {type Cell, curve, lineOf, type Metric, metrics, percents, publishedOf} from './cell.ts';

type PublishedMeans = ReadonlyMap<string, Published>;

export function csvOf(cells: readonly Cell[], published: PublishedMeans): string {
  const head =
    'pod_list,policy,metric,arrived_pct,runs,mean,sd,published_mean,published_sd,difference';
  const lines = cells.flatMap(cell =>
    (Object.keys(metrics) as Metric[]).flatMap(metric => {
      const ours = curve(cell, metric);
      return percents.map(percent => csvLine(cell, {metric, percent, ours, published}));
    }),
  );
  return `${[head, ...lines.filter(line => line !== '')].join('\n')}\n`;
}

type Line = {
  readonly metric: Metric;
  readonly percent: number;
  readonly ours: ReturnType<typeof curve>;
  readonly published: PublishedMeans;
};

function csvLine(cell: Cell, {metric, percent, ours, published}: Line): string {
  const own = ours.get(percent);
  if (own === undefined) return '';
  const theirs = publishedOf(published, cell, {metric, percent});
  const there = theirs && [digits(theirs.mean), digits(theirs.sd), digits(own.mean - theirs.mean)];
  const place = [cell.list, cell.policy, metric, percent, cell.runs.length];
  return [...place, digits(own.mean), digits(own.sd), ...(there ?? ['', '', ''])].join();
}

/** A line for each run. */
export function runsOf(cells: readonly Cell[]): string[] {
  return cells.flatMap(({list, policy, runs}) =>
    runs.map(run => {
      const values = columns.map(([, metric, percent]) => lineOf(run, metric).get(percent));
      return [list, policy, run.replication, ...values.map(optionalDigits)].join();
    }),
  );
}

export function runsHead(): string {
  return [
    'pod_list,policy,replication',
    ...columns.map(([, metric, at]) => `${metric}_${at}`),
  ].join();
}

const optionalDigits = (value: number | undefined) => (value === undefined ? '' : digits(value));
const digits = (value: number) => value.toFixed(3);

export function markdownOf(cells: readonly Cell[], published: PublishedMeans): string {
  const lists = [...new Set(cells.map(({list}) => list))];
  const runs = Math.max(...cells.map(cell => cell.runs.length));
  return `# Six policies on the openb trace

Written by \`npm run fgd\`: means over ${runs} runs, in percent of all GPU, and in brackets how far they are from the published
means (Weng et al., Beware of Fragmentation, USENIX ATC 2023). All numbers with their deviations are in fgd.csv.

![allocation by how much has arrived](fgd.svg)
${lists.map(list => section(list, cells, published)).join('')}`;
}

const columns: readonly [string, Metric, number][] = [
  ['allocated, 100 % arrived', 'gpu_allocated_pct', 100],
  ['allocated, 130 %', 'gpu_allocated_pct', 130],
  ['fragmented, 50 %', 'gpu_fragmented_pct', 50],
  ['fragmented, 100 %', 'gpu_fragmented_pct', 100],
];

function section(list: string, cells: readonly Cell[], published: PublishedMeans): string {
  const rows = cells
    .filter(cell => cell.list === list)
    .map(cell => {
      const told = columns.map(([, metric, percent]) => {
        const own = curve(cell, metric).get(percent);
        const theirs = publishedOf(published, cell, {metric, percent});
        return own === undefined ? '' : `${own.mean.toFixed(2)}${difference(own, theirs)}`;
      });
      return `| ${[cell.policy, ...told].join(' | ')} |`;
    });
  const head = ['', ...columns.map(([name]) => name)];
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  return `\n## ${list}\n\n| ${head.join(' | ')} |\n| ${rule.join(' | ')} |\n${rows.join('\n')}\n`;
}

function difference({mean}: {mean: number}, theirs: Published | undefined): string {
  if (theirs === undefined) return '';
  const by = mean - theirs.mean;
  return ` (${by < 0 ? '−' : '+'}${Math.abs(by).toFixed(2)})`;
}
