// Whether counts and shares vary between runs as chance alone would have them.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {dispersionOfCounts, dispersionOfShares} from '../../src/experiment/dispersion.ts';

// The first: L. von Bortkewitsch, 1898, the classical Poisson sample: soldiers of the Guard Corps
// killed by horses, by year.
const counts: [string, number[], string][] = [
  ['deaths by the kick of a horse in 20 years', kicks(), 'fits'],
  ['no event at all', [0, 0, 0, 0, 0], 'fits'],
  ['one run', [7], 'fits'],
  ['one event in one run', [0, 0, 0, 1], 'fits'],
  ['bursts', [0, 0, 0, 25, 0, 0, 0, 0], 'wide'],
  ['as many in each run', [638, 638, 638], 'narrow'],
  ['one event in each of few runs', [1, 1], 'fits'],
  ['nearly as many in each run', [638, 639, 638, 637, 638, 638], 'narrow'],
];

for (const [name, sample, expected] of counts) {
  test(`counts are told apart: ${name}`, () => assert.is(dispersionOfCounts(sample), expected));
}

test('shares are told apart', () => {
  const trials = [100, 100, 100, 100];
  assert.is(dispersionOfShares([0.5, 0.55, 0.47, 0.52], trials), 'fits');
  assert.is(dispersionOfShares([0.1, 0.9, 0.2, 0.7], trials), 'wide');
  assert.is(dispersionOfShares([1, 1, 1, 1], trials), 'fits');
});

function kicks(): number[] {
  return [0, 2, 2, 1, 0, 0, 1, 1, 0, 3, 0, 2, 1, 0, 0, 1, 0, 1, 0, 1];
}

test.run();
