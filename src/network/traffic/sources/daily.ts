// Requests at random moments, more by day than by night: a Poisson process whose rate follows the
// clock.

import {day, toTime} from '../../../engine/time.ts';
import {cosineWeights, DailyCurve} from './daily-curve.ts';
import {defineSource, sendEach} from './source.ts';

export const daily = defineSource('daily', {
  meanGap: ({mean}) => mean,
  mistake: options => {
    if (!('hours' in options) || options.hours.some(weight => weight > 0)) return undefined;
    return 'expected at least one of its hours above 0';
  },
  start: (options, entry, parts) => {
    const stream = parts.random('gaps');
    const curve = new DailyCurve({
      mean: 1 / options.mean,
      weights: 'hours' in options ? options.hours : cosineWeights(options.amplitude),
      first: 'hours' in options ? 0 : options.peak,
    });
    const midnight = Math.round((parts.startTime % 86_400) * 1e6) % day;
    sendEach(entry, parts, before => {
      const clock = curve.after(midnight + before, stream.exponential(1));
      return toTime(clock - midnight);
    });
  },
});
