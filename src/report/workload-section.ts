// How the workloads fared: a line of totals, and a strip over time for each of the worst.

import type pico from 'picocolors';
import type {TroubledWorkload} from '../metrics/troubled.ts';
import type {FigureLookup} from './figure-lookup.ts';
import {counted} from './readable.ts';
import {stripLines} from './strip-lines.ts';

const legend = {up: 'all ready', partly: 'some missing', down: 'none ready'};

type Colours = ReturnType<typeof pico.createColors>;

/** `undefined` where nothing happened to any. */
export function workloadSection(
  figures: FigureLookup,
  workloads: readonly TroubledWorkload[],
  colours: Colours,
): string | undefined {
  const incidents = figures.value('incidents') ?? 0;
  if (workloads.length === 0 && incidents === 0) return undefined;
  const lines = [...totals(figures, incidents), ...stripLines(workloads, legend, colours)];
  return lines.length === 0 ? undefined : lines.join('\n');
}

function totals(figures: FigureLookup, incidents: number): string[] {
  const happened = incidents === 0 ? [] : [counted(incidents, 'incident')];
  if (figures.value('availability_mean') === undefined) return happened;
  const facts = [
    `workloads available ${figures.percent('availability_mean')}`,
    `the worst ${figures.percent('availability_worst')}`,
    counted(figures.value('outages') ?? 0, 'outage'),
    ...happened,
  ];
  return [facts.join(', ')];
}
