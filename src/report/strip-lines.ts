// A line for each of the worst of something: how it fared over time, and how long it was down.

import type pico from 'picocolors';
import type {StripState} from '../metrics/strip.ts';
import type {TroubledWorkload} from '../metrics/troubled.ts';
import {readableCount, readableSeconds} from './readable.ts';

const linesAtMost = 10;
const nameWidth = 26;

type Colours = ReturnType<typeof pico.createColors>;

/** What the marks mean. */
export type StripLegend = Readonly<Record<'up' | 'partly' | 'down', string>>;

export function stripLines(
  troubled: readonly TroubledWorkload[],
  {up, partly, down}: StripLegend,
  colours: Colours,
): string[] {
  if (troubled.length === 0) return [];
  const shown = troubled.slice(0, linesAtMost);
  const more = troubled.length - shown.length;
  const legend = `${marks.up} ${up}  ${marks.partly} ${partly}  ${marks.down} ${down}`;
  return [
    ...shown.map(one => stripLine(one, colours)),
    colours.dim(more === 0 ? legend : `${legend}; ${readableCount(more)} more had less trouble`),
  ];
}

function stripLine(workload: TroubledWorkload, colours: Colours): string {
  const {name, outages, downtime, neverReady, isService, strip} = workload;
  const short = name.length > nameWidth ? `${name.slice(0, nameWidth - 1)}…` : name;
  const drawn = strip.map(state => coloured(state, colours)).join('');
  const outage = outages === 0 ? '' : `  down ${readableSeconds(downtime)} in ${outages}`;
  const down = neverReady ? `  never ${isService ? 'reached' : 'ready'}` : outage;
  return `${short.padEnd(nameWidth)}  ${drawn}${down}`.trimEnd();
}

const marks: Readonly<Record<StripState, string>> = {none: ' ', up: '▁', partly: '▄', down: '█'};

function coloured(state: StripState, colours: Colours): string {
  if (state === 'down') return colours.red(marks.down);
  return state === 'partly' ? colours.yellow(marks.partly) : marks[state];
}
