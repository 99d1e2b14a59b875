// Numbers as people like to read them on a terminal: few digits, and the unit that fits.

/** `830us`, `12.3ms`, `4.56s`, `2m 5s`, `3h 12m`, `2d 4h`. */
export function readableSeconds(seconds: number): string {
  if (seconds === 0) return '0s';
  // Each limit is where rounding to three digits would show the next unit's 1.
  if (seconds < 0.0009995) return `${threeDigits(seconds * 1e6)}us`;
  if (seconds < 0.9995) return `${threeDigits(seconds * 1e3)}ms`;
  if (seconds < 59.95) return `${threeDigits(seconds)}s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return twoUnits(whole, [60, 'm'], [1, 's']);
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return twoUnits(minutes, [60, 'h'], [1, 'm']);
  return twoUnits(Math.round(seconds / 3600), [24, 'd'], [1, 'h']);
}

/** `1,234,567` */
export function readableCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 outage`, `2 outages` */
export function counted(count: number, what: string): string {
  return `${readableCount(count)} ${what}${count === 1 ? '' : 's'}`;
}

/** `12.3 %`; never `0 %` or `100 %` for what is only nearly so. */
export function readableShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.05) return '< 0.1 %';
  if (percent < 100 && percent > 99.95) return '> 99.9 %';
  return `${Number(percent.toFixed(1))} %`;
}

function threeDigits(value: number): string {
  return String(Number(value.toPrecision(3)));
}

type Unit = readonly [size: number, letter: string];

function twoUnits(value: number, [large, letter]: Unit, [, smallLetter]: Unit): string {
  const rest = value % large;
  const whole = `${Math.floor(value / large)}${letter}`;
  return rest === 0 ? whole : `${whole} ${rest}${smallLetter}`;
}
