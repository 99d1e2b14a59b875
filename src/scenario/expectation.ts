// What a zod type wants, in words, from the type itself: `a whole number from 1 to 110`.

import * as z from 'zod';
import {unwrapped} from './unwrapped.ts';

export function expectation(type: z.core.$ZodType): string {
  const inner = unwrapped(type);
  const {title, enum: words} = z.globalRegistry.get(inner) ?? {};
  if (Array.isArray(words)) return words.join(' or ');
  if (title !== undefined) return `a ${title}`;
  if (inner instanceof z.ZodNumber) return number(inner);
  if (inner instanceof z.ZodString) return 'a text';
  if (inner instanceof z.ZodBoolean) return 'true or false';
  if (inner instanceof z.ZodArray) return 'a list';
  if (inner instanceof z.ZodLiteral) return [...inner.values].join(' or ');
  if (inner instanceof z.ZodUnion) {
    return [...new Set(inner.options.map(option => expectation(option)))].join(' or ');
  }
  return 'a map';
}

function number(type: z.ZodNumber): string {
  const noun = type.isInt ? 'a whole number' : 'a number';
  const from = type.minValue ?? -Infinity;
  const to = type.maxValue ?? Infinity;
  const bounded = to < Number.MAX_SAFE_INTEGER;
  if (from > -Number.MAX_SAFE_INTEGER) return `${noun} from ${from}${bounded ? ` to ${to}` : ''}`;
  return bounded ? `${noun} up to ${to}` : noun;
}
