// The mean of courses that were sampled at different places.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {commonGrid, meanCourse} from '../../../src/report/html/mean-course.ts';

test('runs that were sampled at the same places are read there', () => {
  const runs = [
    [
      [0, 1],
      [60, 3],
    ],
    [
      [0, 2],
      [60, 7],
    ],
  ] as const;
  const grid = commonGrid(runs, 100);
  assert.equal(grid, [0, 60]);
  assert.equal(meanCourse(runs, grid, 0.95).mean, [1.5, 5]);
});

test('others are read between their points, and not beyond them', () => {
  const runs = [
    [
      [0, 0],
      [10, 10],
    ],
    [
      [4, 0],
      [6, 2],
    ],
  ] as const;
  assert.equal(commonGrid(runs, 6), [0, 2, 4, 6, 8, 10]);
  assert.equal(meanCourse(runs, [0, 5, 10], 0.95).mean, [0, 3, 10]);
});

test('the band is Student’s: t of 2 degrees of freedom is 4.303 at 95 %', () => {
  const runs = [1, 2, 3].map(value => [[0, value]] as const);
  const [half] = meanCourse(runs, [0], 0.95).half;
  assert.ok(Math.abs((half ?? 0) - 4.302653 / Math.sqrt(3)) < 1e-5, `${half}`);
});

test('one run has no band', () => {
  assert.equal(meanCourse([[[0, 1]]], [0], 0.95).half, [undefined]);
});

test.run();
