// A share of something, from 0 to 1: as people say it (`0.1%`, `99.9%`) or as the number.

import {show} from './show.ts';
import {type Written, written} from './written.ts';

/** The number that is meant, exactly as its decimal digits say. */
export function share(): Written<number, string | number> {
  return written({
    parse: (input, fail) => {
      const value = readShare(input);
      if (value === undefined || !(value >= 0 && value <= 1)) {
        fail(`expected a share from 0 to 1 or 0% to 100%, got ${show(input)}`);
      }
      return value;
    },
    schema: {
      title: 'share',
      anyOf: [
        {type: 'number', minimum: 0, maximum: 1},
        {type: 'string', pattern: percentPattern},
      ],
      examples: ['99.9%'],
    },
  });
}

function readShare(input: unknown): number | undefined {
  if (typeof input === 'number') return input;
  if (typeof input !== 'string' || !percent.test(input)) return undefined;
  // Two digits on: 99.9 / 100 would not be 0.999 in doubles.
  return Number(`${input.slice(0, -1)}e-2`);
}

const percentPattern = '^(\\d+(\\.\\d+)?|\\.\\d+)%$';
const percent = new RegExp(percentPattern);
