// How often something comes: `200/s`, `5/m`, `0.1/h`.

import {hour, minute, second, type Time} from '../engine/time.ts';
import {show} from './show.ts';
import {type Written, written} from './written.ts';

const units: Readonly<Record<string, Time>> = {s: second, m: minute, h: hour};
const pattern = '^(\\d+(\\.\\d+)?|\\.\\d+)/(s|m|h)$';
const rateText = new RegExp(pattern);

/** The mean time between two. */
export function rate(): Written<number, string> {
  return written({
    parse: (input, fail) => {
      const [, count, , unit] = (typeof input === 'string' && rateText.exec(input)) || [];
      if (Number(count) > 0) return units[unit] / Number(count);
      return void fail(`expected a rate such as 200/s, 5/m or 0.1/h, got ${show(input)}`);
    },
    schema: {title: 'rate', type: 'string', pattern, examples: ['200/s']},
  });
}
