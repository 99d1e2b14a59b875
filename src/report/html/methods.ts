// What the names of methods in a comparison mean, in a few words each; their files under
// experiment/statistics/ say more, and whose they are.

import type {ComparisonRow} from '../../experiment/comparison.ts';

type Meaning = readonly [method: string, meaning: string];

const meanings: readonly Meaning[] = [
  ['student-t', 'the mean of values that are near normal, by Student’s t'],
  ['skewed-t', 'Student’s t, widened on the side of a long tail (Hall)'],
  ['box-cox', 'the mean of positive values, averaged over a normal, a gamma and a lognormal law'],
  ['bca', 'the mean of many skewed values, from runs drawn again and again (BCa bootstrap)'],
  ['poisson', 'a count of events, by the exact limits of Poisson’s law'],
  ['clopper-pearson', 'a share of trials, by the exact limits of Clopper and Pearson'],
  [
    'renewal-ratio',
    'a share of time, from whole cycles of up and down over all runs, with another of these',
  ],
  ['rare-total', 'what mostly does not occur: how often, times how much where it does'],
  ['batch-means', 'one long run cut into batches, whose means are nearly independent'],
  ['correlated', 'one run too short to be cut into independent batches, so without an interval'],
  ['paired-t', 'the mean of paired differences, by Student’s t'],
  ['paired-bca', 'the mean of many skewed paired differences, by the same bootstrap'],
  ['paired-rare', 'differences that few runs have, by how often and how large to each side'],
  ['sign-test', 'all pairs differ by the same: how often would luck give all the same sign?'],
  ['no-events', 'no run of either had any event, which bounds how rare they are'],
  ['identical', 'every pair of runs gave the same'],
  ['same-runs', 'every pair of runs was the same run, event by event'],
  ['constant', 'all gave the same, which says nothing of how far off it may be'],
  ['single', 'one run, which says nothing of how far off it may be'],
  ['none', 'no run gave it'],
];

/** Those that rows name: `poisson; paired-t`, `renewal-ratio box-cox`. */
export function methodsOf(rows: readonly ComparisonRow[]): readonly Meaning[] {
  const named = new Set(rows.flatMap(({method}) => method.split(/[; ]+/)));
  return meanings.filter(([method]) => named.has(method));
}
