// The short report on a terminal, 80 columns wide: what was asked, how many pods found a place and
// how fast, why the others wait, how workloads, Services and requests fared, how full the
// cluster is, and where everything else lies.

import pico from 'picocolors';
import {inSeconds} from '../engine/time.ts';
import type {Figure} from '../metrics/figures.ts';
import type {TroubledWorkload} from '../metrics/troubled.ts';
import {FigureLookup, unknown} from './figure-lookup.ts';
import {plainTable, tableText} from './plain-table.ts';
import {pluginMeaning} from './plugin-meaning.ts';
import {readableCount, readableSeconds} from './readable.ts';
import {requestSection} from './request-section.ts';
import type {RunRecord} from './run-record.ts';
import {serviceSection} from './service-section.ts';
import {traceSection} from './trace-section.ts';
import {workloadSection} from './workload-section.ts';
import {wrapped} from './wrapped.ts';

export type TerminalReport = {
  readonly run: RunRecord;
  readonly figures: readonly Figure[];
  /** Worst first. */
  readonly troubled?: readonly TroubledWorkload[];
  /** Where the result files are; `undefined` where none were written. */
  readonly folder: string | undefined;
};

type Colours = ReturnType<typeof pico.createColors>;

/** `colour` only where the output is a terminal. Ends with a newline. */
export function terminalReport(report: TerminalReport, {colour}: {colour: boolean}): string {
  const colours = pico.createColors(colour);
  const figures = new FigureLookup(report.figures);
  const {troubled = []} = report;
  const sections = [
    heading(report.run, colours),
    traceSection(report.run.traces ?? []),
    podSection(figures, colours),
    latencySection(figures, colours),
    pendingSection(figures, colours),
    workloadSection(
      figures,
      troubled.filter(({isService}) => !isService),
      colours,
    ),
    serviceSection(
      figures,
      troubled.filter(({isService}) => isService),
      colours,
    ),
    requestSection(figures, colours),
    usageSection(figures),
    report.folder === undefined ? undefined : `Results in ${colours.cyan(report.folder)}`,
  ];
  return `${sections.filter(section => section !== undefined).join('\n\n')}\n`;
}

function heading(run: RunRecord, colours: Colours): string {
  const {scenario, variant, question, seed, replication, duration, events, complete} = run;
  const name = variant === '' ? scenario : `${scenario} (${variant})`;
  const facts = [
    `seed ${seed}`,
    ...(replication === 0 ? [] : [`replication ${replication}`]),
    `${readableSeconds(inSeconds(duration))} simulated`,
    `${readableCount(events)} events`,
  ];
  const lines = [`${colours.bold(name)}  ${colours.dim(facts.join(', '))}`, ...wrapped(question)];
  if (!complete) lines.push(colours.yellow('Interrupted: this is what was measured so far.'));
  return lines.join('\n');
}

function podSection(figures: FigureLookup, colours: Colours): string {
  const pending = figures.value('pending_pods') ?? 0;
  const colourOf = pending === 0 ? colours.green : colours.yellow;
  const facts = [
    `${figures.count('pods_created')} pods created`,
    `${figures.count('pods_scheduled')} scheduled`,
    colourOf(`${readableCount(pending)} pending at the end`),
  ];
  const preemptions = figures.value('preemptions') ?? 0;
  if (preemptions > 0) facts.push(`${readableCount(preemptions)} preempted`);
  return facts.join(', ');
}

function latencySection(figures: FigureLookup, colours: Colours): string | undefined {
  if (figures.value('scheduling_latency_max') === undefined) return undefined;
  const quantities = ['mean', 'p50', 'p90', 'p99', 'max'];
  const table = plainTable(['', ...quantities]);
  for (const metric of ['scheduling_latency', 'startup_latency']) {
    const cells = quantities.map(quantity => figures.seconds(`${metric}_${quantity}`));
    if (cells.some(cell => cell !== unknown)) table.push([metric.replace('_', ' '), ...cells]);
  }
  const parts = [
    `queue ${figures.seconds('queue_time_mean')}`,
    `backoff ${figures.seconds('backoff_time_mean')}`,
    `unschedulable ${figures.seconds('unschedulable_time_mean')}`,
    `binding ${figures.seconds('bind_time_mean')}`,
  ];
  const text = `${tableText(table)}\n${colours.dim(`mean latency is ${parts.join(' + ')}`)}`;
  if (!text.includes(unknown)) return text;
  return `${text}\n${colours.dim(`${unknown}: too few pods for this quantile`)}`;
}

function pendingSection(figures: FigureLookup, colours: Colours): string | undefined {
  const plugins = figures.byObject('pending_pods');
  if (plugins.length === 0) return undefined;
  const texts = ['turned away by', 'because'];
  const table = plainTable(['pending pods', ...texts], texts);
  const byCount = plugins.toSorted((one, other) => Number(other.value) - Number(one.value));
  for (const {object, value} of byCount) {
    table.push([readableCount(Number(value)), object, pluginMeaning(object) ?? '']);
  }
  return `${colours.yellow('Why pods wait')}\n${tableText(table)}`;
}

function usageSection(figures: FigureLookup): string {
  const table = plainTable(['requested', 'mean', 'at the end']);
  for (const resource of ['cpu', 'memory']) {
    const metric = `${resource}_requested_share`;
    table.push([resource, figures.share(`${metric}_mean`), figures.share(`${metric}_end`)]);
  }
  if (figures.value('gpu_devices') !== undefined) {
    const metric = 'gpu_allocated_share';
    table.push(['gpu', figures.share(`${metric}_mean`), figures.share(`${metric}_end`)]);
  }
  const used = `${figures.count('nodes_used')} of ${figures.count('nodes')} nodes have pods`;
  return `${tableText(table)}\n${used}`;
}
