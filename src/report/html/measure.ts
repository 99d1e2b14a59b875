// In which unit and with how many decimals a figure is told. The unit is one for all variants, so
// that a column can be compared at a glance; how many digits mean something each interval says.

export type Measure = {
  /** A value times this is in `unit`. */
  readonly factor: number;
  readonly unit: string;
  readonly differenceUnit: string;
  readonly decimals: number;
};

export function measureOf(unit: string, values: readonly (number | undefined)[]): Measure {
  const means = values.flatMap(value => (value === undefined ? [] : [Math.abs(value)]));
  const largest = Math.max(0, ...means);
  const {factor, ...units} = scaled(unit, largest);
  const whole = means.every(mean => Number.isInteger(mean * factor));
  return {factor, ...units, decimals: whole ? 0 : decimals(largest * factor, undefined)};
}

/** With the decimals that an interval of its own allows. */
export function within(
  measure: Measure,
  low: number | undefined,
  high: number | undefined,
): Measure {
  if (low === undefined || high === undefined || low === high) return measure;
  const {factor} = measure;
  const far = Math.max(Math.abs(low), Math.abs(high)) * factor;
  return {...measure, decimals: decimals(far, ((high - low) / 2) * factor)};
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

/** Two digits of the half width, else three of the largest value; at most six of that anyway. */
function decimals(largest: number, half: number | undefined): number {
  const wanted = half === undefined ? 2 - order(largest) : 1 - order(half);
  return Math.min(Math.max(0, wanted), Math.max(0, 5 - order(largest)), 9);
}

/** The power of ten of a number's first digit; 9.9999999 is 10. */
function order(value: number): number {
  return value > 0 ? Number(value.toExponential(5).split('e')[1]) : 0;
}

function grouped(text: string): string {
  const [whole, fraction] = text.split('.');
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? groups : `${groups}.${fraction}`;
}
