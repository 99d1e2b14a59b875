// How much of something, in percent, above 100 allowed: `130%`, or as a number, `1.3`.

import {show} from './show.ts';
import {type Written, written} from './written.ts';

/** In percent, exactly as its decimal digits say. */
export function percentage({to}: {readonly to: number}): Written<number, string | number> {
  return written({
    parse: (input, fail) => {
      const value = readPercentage(input);
      if (value === undefined || !(value >= 0 && value <= to)) {
        fail(`expected a percentage from 0% to ${to}%, got ${show(input)}`);
      }
      return value;
    },
    schema: {
      title: 'percentage',
      anyOf: [
        {type: 'string', pattern: percentPattern},
        {type: 'number', minimum: 0, maximum: to / 100},
      ],
      examples: ['130%'],
    },
  });
}

function readPercentage(input: unknown): number | undefined {
  if (typeof input === 'string' && percent.test(input)) return Number(input.slice(0, -1));
  // Two digits on: 1.1 * 100 would not be 110 in doubles.
  return typeof input === 'number' ? Number(`${input}e2`) : undefined;
}

const percentPattern = '^(\\d+(\\.\\d+)?|\\.\\d+)%$';
const percent = new RegExp(percentPattern);
