// How long the pods of a trace run: as it says, for ever, or by a distribution instead.

import {
  type Distribution,
  type DistributionNotation,
  distribution,
} from '../../options/distribution.ts';
import {type Written, written} from '../../options/written.ts';

export type TraceLifetime = 'trace' | 'forever' | Distribution;

export function lifetimeOption(): Written<TraceLifetime, DistributionNotation> {
  const drawn = distribution();
  return written({
    parse: (input, fail) => {
      if (input === 'trace' || input === 'forever') return input;
      const {data, error} = drawn.safeParse(input);
      for (const {message, path} of error?.issues ?? []) {
        fail(message, path as (string | number)[]);
      }
      return data;
    },
    schema: {
      title: 'trace | forever | distribution of durations',
      anyOf: [{enum: ['trace', 'forever']}, {...drawn.meta()}],
      examples: ['trace', 'forever'],
    },
  });
}
