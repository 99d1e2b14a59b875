// Requests at random moments: a Poisson process.

import {toTime} from '../../../engine/time.ts';
import {defineSource, sendEach} from './source.ts';

export const rate = defineSource('rate', {
  meanGap: mean => mean,
  start: (mean, entry, parts) => {
    const stream = parts.random('gaps');
    sendEach(entry, parts, before => before + toTime(stream.exponential(mean)));
  },
});
