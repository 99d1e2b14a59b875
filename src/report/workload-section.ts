// How the workloads fared: a line of totals, and a strip over time for each of the worst.

import type pico from 'picocolors';
import type {StripState} from '../metrics/strip.ts';
import type {TroubledWorkload} from '../metrics/troubled.ts';
import {type FigureLookup, unknown} from './figure-lookup.ts';
import {readableCount, readableSeconds} from './readable.ts';

const linesAtMost = 10;
const nameWidth = 26;

type Colours = ReturnType<typeof pico.createColors>;

/** `undefined` where nothing happened to any. */
export function workloadSection(
  figures: FigureLookup,
  workloads: readonly TroubledWorkload[],
  colours: Colours,
): string | undefined {
  const incidents = figures.value('incidents') ?? 0;
  if (workloads.length === 0 && incidents === 0) return undefined;
  const lines = [...totals(figures, incidents), ...strips(workloads, colours)];
  return lines.length === 0 ? undefined : lines.join('\n');
}

function totals(figures: FigureLookup, incidents: number): string[] {
  const happened = incidents === 0 ? [] : [counted(incidents, 'incident')];
  if (figures.value('availability_mean') === undefined) return happened;
  const facts = [
    `workloads available ${percent(figures.value('availability_mean'))}`,
    `the worst ${percent(figures.value('availability_worst'))}`,
    counted(figures.value('outages') ?? 0, 'outage'),
    ...happened,
  ];
  return [facts.join(', ')];
}

function strips(workloads: readonly TroubledWorkload[], colours: Colours): string[] {
  if (workloads.length === 0) return [];
  const shown = workloads.slice(0, linesAtMost);
  const more = workloads.length - shown.length;
  const legend = `${marks.up} all ready  ${marks.partly} some missing  ${marks.down} none ready`;
  return [
    ...shown.map(workload => stripLine(workload, colours)),
    colours.dim(more === 0 ? legend : `${legend}; ${readableCount(more)} more had less trouble`),
  ];
}

function stripLine(workload: TroubledWorkload, colours: Colours): string {
  const {name, outages, downtime, neverReady, strip} = workload;
  const short = name.length > nameWidth ? `${name.slice(0, nameWidth - 1)}…` : name;
  const drawn = strip.map(state => coloured(state, colours)).join('');
  const outage = outages === 0 ? '' : `  down ${readableSeconds(downtime)} in ${outages}`;
  const down = neverReady ? '  never ready' : outage;
  return `${short.padEnd(nameWidth)}  ${drawn}${down}`.trimEnd();
}

const marks: Readonly<Record<StripState, string>> = {none: ' ', up: '▁', partly: '▄', down: '█'};

function coloured(state: StripState, colours: Colours): string {
  if (state === 'down') return colours.red(marks.down);
  return state === 'partly' ? colours.yellow(marks.partly) : marks[state];
}

/** With as many digits as a nine more or less needs. */
function percent(share: number | undefined): string {
  return share === undefined ? unknown : `${Number((share * 100).toFixed(4))} %`;
}

function counted(count: number, what: string): string {
  return `${readableCount(count)} ${what}${count === 1 ? '' : 's'}`;
}
