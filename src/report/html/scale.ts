// A linear axis: where values lie on it, in thousandths of its length, and round numbers to mark.

export type Scale = {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
};

/** Wide enough for all values, with a margin for the marks themselves. */
export function scaleOf(values: readonly number[], most = 5): Scale {
  const [low, high] = extent(values);
  if (low > high) return scaleOf([0, 1], most);
  // A lone value stands in the middle.
  const room = low === high ? Math.abs(low) / 10 || 1 : (high - low) / 25;
  return {low: low - room, high: high + room, ticks: ticksBetween(low - room, high + room, most)};
}

/**
 * Around what was seen and three quarters of the bounds, or a few times what was seen: bounds may
 * go on beyond it, since a variant of which little is known must not press all others together.
 */
export function scaleAround(seen: readonly number[], bounds: readonly number[]): Scale {
  if (seen.length === 0) return scaleOf(bounds);
  const [low, high] = extent(seen);
  const beyond = bounds.map(bound => Math.max(0, low - bound, bound - high)).sort((a, b) => a - b);
  const usual = beyond[Math.ceil(beyond.length * 0.75) - 1] ?? 0;
  const room = Math.max(usual, (high - low) * 1.5);
  if (room === 0) return scaleOf([...seen, ...bounds]);
  const cut = bounds.map(bound => Math.min(high + room, Math.max(low - room, bound)));
  return scaleOf([...seen, ...cut]);
}

function extent(values: readonly number[]): [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** 0 to 1000, whole: a third of a pixel on a plot of this kind. */
export function placeOn({low, high}: Scale, value: number): number {
  return Math.min(1000, Math.max(0, Math.round(((value - low) / (high - low)) * 1000)));
}

/** Multiples of 1, 2 or 5 times a power of ten. */
function ticksBetween(low: number, high: number, most: number): number[] {
  const rough = (high - low) / most;
  const power = Number(`1e${rough.toExponential().split('e')[1]}`);
  const step = [1, 2, 5, 10].map(times => times * power).find(size => size >= rough * 0.8) ?? rough;
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({length: Math.max(0, count)}, (_, i) => tidy((first + i) * step));
}

/** 0.30000000000000004 is 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
