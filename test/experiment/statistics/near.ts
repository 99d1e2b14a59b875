// A number held to a printed one: as many digits as the table has.

import * as assert from 'uvu/assert';

export function near(value: number | undefined, printed: number, within: number): void {
  assert.ok(value !== undefined && Math.abs(value - printed) <= within, `${value} for ${printed}`);
}
