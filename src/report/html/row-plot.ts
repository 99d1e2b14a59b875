// One variant's line in a figure's table, as two small drawings: every replication a dot over the
// box of its quartiles, and below them the mean with its interval. They stretch with the page: x
// is in thousandths, y in pixels, strokes keep their widths, and a dot is a stroke of no length.

import {type Markup, markup, trusted} from './markup.ts';

export type RowPlot = {
  /** Where a value lies, 0 to 1000. */
  readonly at: (value: number) => number;
  readonly values: readonly number[];
  readonly mean: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** A line through all rows: the baseline's mean, or no difference. */
  readonly reference: number | undefined;
  /** An interval that leaves the reference out has a filled mark. */
  readonly filled: boolean;
};

const dotsAt = 13;
const intervalAt = 31;
const height = 40;

export function rowPlot({at, values, mean, low, high, reference, filled}: RowPlot): Markup {
  const paths: string[] = [];
  const draw = (kind: string, path: string) => paths.push(`<path class=${kind} d="${path}"/>`);
  if (reference !== undefined) draw('r', `M${at(reference)} 0V${height}`);
  const sorted = [...values].sort((a, b) => a - b);
  const dots = sorted.length > mostDots ? evenly(sorted) : sorted;
  if (sorted.length >= 5) {
    const [low, middle, high] = [1, 2, 3].map(quarter => at(quartile(sorted, quarter)));
    draw('b', `M${low} 4H${high}V22H${low}`);
    draw('q', `M${middle} 4V22`);
  }
  if (sorted.length > 0) draw('d', swarm(dots.map(at)));
  // Where one bound is not known, only the other side is drawn.
  const [from, to] = [low ?? mean, high ?? mean];
  if (from !== undefined && to !== undefined && (low ?? high) !== undefined) {
    draw('i', bar(at(from), at(to)));
  }
  if (mean !== undefined) {
    draw('m', `M${at(mean)} ${intervalAt}h0`);
    if (!filled) draw('o', `M${at(mean)} ${intervalAt}h0`);
  }
  const drawn = trusted(paths.join(''));
  return markup`<svg viewBox="0 0 1000 ${height}" preserveAspectRatio=none aria-hidden=true>${drawn}</svg>`;
}

/** With an arrow at each end of the axis that it reaches: nothing else is drawn so far out. */
function bar(low: number, high: number): string {
  const left = low === 0 ? `M18 ${intervalAt - 5}L0 ${intervalAt}L18 ${intervalAt + 5}` : '';
  const right =
    high === 1000 ? `M982 ${intervalAt - 5}L1000 ${intervalAt}L982 ${intervalAt + 5}` : '';
  return `M${low} ${intervalAt}H${high}${left}${right}`;
}

/** More hide one another, and their distribution shows in fewer. */
export const mostDots = 400;

function evenly(sorted: readonly number[]): number[] {
  return Array.from({length: mostDots}, (_, i) => {
    return sorted[Math.round((i * (sorted.length - 1)) / (mostDots - 1))];
  });
}

/** The smallest value at or below which lie so many quarters of them all. */
function quartile(sorted: readonly number[], quarter: number): number {
  return sorted[Math.max(0, Math.ceil((sorted.length * quarter) / 4) - 1)];
}

const lanes = [0, 4, -4, 8, -8];
/** Closer than this in the same lane, two dots would hide one another on a usual screen. */
const apart = 15;

/** Dots beside one another where they would lie upon one another. */
function swarm(places: readonly number[]): string {
  const last = lanes.map(() => -apart);
  let path = '';
  let [x, y] = [0, 0];
  for (const place of places) {
    const free = lanes.findIndex((_, lane) => place - last[lane] >= apart);
    const lane = free === -1 ? last.indexOf(Math.min(...last)) : free;
    last[lane] = place;
    const down = dotsAt + lanes[lane];
    path += `m${place - x} ${down - y}h0`;
    [x, y] = [place, down];
  }
  return path;
}
