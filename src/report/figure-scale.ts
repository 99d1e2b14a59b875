// Numbers of one figure side by side: in one unit that fits them all, each with as many digits as
// its interval is worth: two of the half-width's, and no more.

export type FigureUnit = {
  readonly factor: number;
  /** `ms`, `%`, or nothing where the metric's own name says it. */
  readonly name: string;
};

export type Bounds = {readonly low: number | undefined; readonly high: number | undefined};

export function fittingUnit(unit: string, values: readonly (number | undefined)[]): FigureUnit {
  if (unit === 'share') return {factor: 100, name: '%'};
  if (unit !== 's') return {factor: 1, name: ''};
  const greatest = Math.max(0, ...values.map(value => Math.abs(value ?? 0)));
  const [, factor, name] = timeUnits.find(([from]) => greatest >= from) ?? [0, 1, 's'];
  return {factor, name};
}

/** Alone, with its unit. */
export function valueText(value: number, bounds: Bounds, unit: FigureUnit): string {
  const text = rounded(value, places(value, bounds, unit), unit);
  return unit.name === '' ? text : `${text} ${unit.name}`;
}

/** `1.25 ± 0.13`; lopsided `1.25 (1.01 … 1.62)`; without an interval `1.25`. */
export function estimateText(value: number, bounds: Bounds, unit: FigureUnit): string {
  const decimals = places(value, bounds, unit);
  const text = rounded(value, decimals, unit);
  const {low, high} = bounds;
  if (low === undefined && high === undefined) return text;
  if (low === undefined || high === undefined) {
    if ((low ?? high) === value) return text;
    const [sign, bound = 0] = low === undefined ? ['≤', high] : ['≥', low];
    return `${text} (${sign} ${rounded(bound, decimals, unit)})`;
  }
  if (low === high) return text;
  const half = rounded((high - low) / 2, decimals, unit);
  const isEven = Math.abs(high + low - 2 * value) <= (high - low) * lopsided;
  if (isEven) return `${text} ± ${half}`;
  return `${text} (${rounded(low, decimals, unit)} … ${rounded(high, decimals, unit)})`;
}

/** `+1.2 ± 0.3`, `-0.3 ± 0.1`. */
export function differenceText(value: number, bounds: Bounds, unit: FigureUnit): string {
  const text = estimateText(value, bounds, unit);
  const [number] = text.split(' ');
  return value > 0 && /[1-9]/.test(number) ? `+${text}` : text;
}

/** Two digits of the half-width; four of the value where there is none, or fewer if exact. */
function places(value: number, {low, high}: Bounds, {factor, name}: FigureUnit): number {
  const half = low === undefined || high === undefined ? 0 : ((high - low) / 2) * factor;
  const size = exponentOf(value * factor);
  const most = Math.min(Math.max(0, significantAtMost - 1 - size), placesAtMost);
  // Nearly all is not all: there the digits are those of what is missing.
  const missing = name === '%' && value > 0.5 ? (1 - value) * factor : value * factor;
  if (half > 0) return Math.min(Math.max(0, 1 - exponentOf(half), -exponentOf(missing)), most);
  const exact = String(Number(missing.toPrecision(4))).split('.')[1]?.length ?? 0;
  return Math.min(exact, most);
}

function rounded(value: number, decimals: number, {factor}: FigureUnit): string {
  const text = (value * factor).toFixed(decimals);
  const [whole, part] = (Number(text) === 0 ? text.replace('-', '') : text).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined ? grouped : `${grouped}.${part}`;
}

/** Of the width; Student's intervals are even but for rounding. */
const lopsided = 0.02;
const significantAtMost = 7;
const placesAtMost = 9;

const timeUnits: readonly (readonly [from: number, factor: number, unit: string])[] = [
  [48 * 3600, 1 / 86400, 'd'],
  [2 * 3600, 1 / 3600, 'h'],
  [120, 1 / 60, 'min'],
  [1, 1, 's'],
  [0.001, 1e3, 'ms'],
  [1e-9, 1e6, 'us'],
];

function exponentOf(value: number): number {
  return value === 0 ? 0 : Number(value.toExponential().split('e')[1]);
}
