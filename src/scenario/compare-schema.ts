// What a scenario may say of how its variants are held against one another. Declared beforehand:
// a figure that is chosen when all are known proves nothing.

import * as z from 'zod';
import {knownMetrics} from '../metrics/figure-kinds.ts';
import {choiceOf} from '../options/choice.ts';
import {didYouMean} from '../options/nearest.ts';
import {share} from '../options/share.ts';
import {show} from '../options/show.ts';
import {written} from '../options/written.ts';

const pattern = /^([a-z][a-z0-9_]*)(?::(.+))?$/;

const primary = written({
  parse: (input, fail) => {
    const match = typeof input === 'string' ? pattern.exec(input) : null;
    if (match === null) {
      fail(`expected a figure as METRIC[:OBJECT], got ${show(input)}`);
      return undefined;
    }
    const [, metric, object = ''] = match;
    const known = [...knownMetrics()];
    if (!known.includes(metric)) {
      const hint = didYouMean(metric, known) || '; summary.csv has them all';
      fail(`no metric ${show(metric)}${hint}`);
    }
    return {metric, object};
  },
  schema: {
    title: 'figure',
    type: 'string',
    pattern: pattern.source,
    examples: ['availability:default/web'],
  },
});

export const compare = z.strictObject({
  primary: primary
    .optional()
    .describe('the figure that decides, METRIC[:OBJECT] as in summary.csv; Holm over variants'),
  analysis: choiceOf(['terminating', 'steady'])
    .default('terminating')
    .describe('of whole runs, or of the long run, after warming up'),
  precision: share()
    .optional()
    .describe('adds replications until the interval of `primary` is that narrow, to either side'),
  maxReplications: z.int().min(2).max(1e6).default(200).describe('at which `precision` gives up'),
});

export type CompareOptions = z.output<typeof compare>;
