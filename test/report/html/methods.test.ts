// Whatever way of making an interval statistics know, the page's legend explains.

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {methodsOf} from '../../../src/report/html/methods.ts';
import {madeUpComparison} from '../../support/made-up-comparison.ts';
import {filesUnder, root} from '../../tidy/source-file.ts';

const named = /method: ?(?:[^'\n]*\? )?'([a-z-]+)'|unknown\([^)]*'([a-z-]+)'\)/g;

test('every method that a comparison may name is explained', () => {
  const methods = new Set<string>();
  for (const {path} of filesUnder('src/experiment')) {
    const text = readFileSync(join(root, path), 'utf8');
    for (const [, one, other] of text.matchAll(named)) methods.add(one ?? other);
  }
  assert.ok(methods.size > 10, `only ${methods.size} found`);
  const [row] = madeUpComparison().comparison.rows;
  const unexplained = [...methods].filter(method => methodsOf([{...row, method}]).length === 0);
  assert.equal(unexplained, []);
});

test('a row may name two, of the mean and of the difference', () => {
  const [row] = madeUpComparison().comparison.rows;
  const told = methodsOf([{...row, method: 'poisson; paired-t'}]).map(([method]) => method);
  assert.equal(told, ['poisson', 'paired-t']);
});

test.run();
