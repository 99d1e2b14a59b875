// In which unit and with how many decimals a figure is told: one choice for all its variants, so
// that its column can be compared at a glance. The intervals decide how many digits mean something.

export type Measure = {
  /** A value times this is in `unit`. */
  readonly factor: number;
  readonly unit: string;
  readonly differenceUnit: string;
  readonly decimals: number;
};

type Told = {
  readonly mean: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
};

export function measureOf(unit: string, told: readonly Told[]): Measure {
  const means = told.flatMap(({mean}) => (mean === undefined ? [] : [Math.abs(mean)]));
  const largest = Math.max(0, ...means);
  const {factor, ...units} = scaled(unit, largest);
  const halves = told.flatMap(({low, high}) =>
    low === undefined || high === undefined || low === high ? [] : [((high - low) / 2) * factor],
  );
  const narrowest = halves.length > 0 ? Math.min(...halves) : undefined;
  const whole = narrowest === undefined && means.every(mean => Number.isInteger(mean * factor));
  return {factor, ...units, decimals: whole ? 0 : decimals(largest * factor, narrowest)};
}

/** `1,234.5`, with a true minus; empty where there is nothing to tell. */
export function measured(value: number | undefined, {factor, decimals}: Measure): string {
  if (value === undefined) return '–';
  const text = grouped(Math.abs(value * factor).toFixed(decimals));
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** As `measured`, with the sign of a difference. */
export function signed(value: number | undefined, measure: Measure): string {
  const text = measured(value, measure);
  return value !== undefined && value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

function scaled(unit: string, largest: number): Omit<Measure, 'decimals'> {
  if (unit === 'share') return {factor: 100, unit: '%', differenceUnit: 'points'};
  if (unit !== 's') return {factor: 1, unit, differenceUnit: unit};
  const [factor, name] = time(largest);
  return {factor, unit: name, differenceUnit: name};
}

function time(seconds: number): [factor: number, unit: string] {
  if (seconds === 0) return [1, 's'];
  if (seconds < 1e-3) return [1e6, 'µs'];
  if (seconds < 1) return [1e3, 'ms'];
  if (seconds < 600) return [1, 's'];
  if (seconds < 36_000) return [1 / 60, 'min'];
  return [1 / 3600, 'h'];
}

/** Two digits of the narrowest half width, but no more than six of the largest value. */
function decimals(largest: number, narrowest: number | undefined): number {
  const wanted = narrowest === undefined ? 2 - order(largest) : 1 - order(narrowest);
  return Math.min(Math.max(0, wanted), Math.max(0, 5 - order(largest)), 6);
}

/** The power of ten of a number's first digit. */
function order(value: number): number {
  return value > 0 ? Number(value.toExponential().split('e')[1]) : 0;
}

function grouped(text: string): string {
  const [whole, fraction] = text.split('.');
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? groups : `${groups}.${fraction}`;
}
