// The parts of a scheduling attempt's time, shorter than what the clock can tell: 200ns.

import {show} from '../options/show.ts';
import {type Written, written} from '../options/written.ts';

const form = /^(\d{1,9}(?:\.\d{1,9})?)(ns|us|ms|s)$/;
const units: Readonly<Record<string, number>> = {ns: 0.001, us: 1, ms: 1000, s: 1e6};

/** In microseconds, not rounded: an attempt's parts are added up first. */
export function attemptTime(): Written<number, string> {
  return written({
    parse: (input, fail) => {
      const [, count, unit] = typeof input === 'string' ? (form.exec(input) ?? []) : [];
      if (count !== undefined) return Number(count) * units[unit];
      fail(`expected a short time such as 200ns, got ${show(input)}`);
      return undefined;
    },
    schema: {title: 'short time', type: 'string', pattern: form.source, examples: ['200ns']},
  });
}
