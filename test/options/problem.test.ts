// How a mistake looks to the person who made it.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {didYouMean, nearest} from '../../src/options/nearest.ts';
import {formatProblem, hasErrors, inFileOrder, pathText} from '../../src/options/problem.ts';
import {show} from '../../src/options/show.ts';

const problem = {
  file: 'shop.yaml',
  line: 14,
  column: 12,
  path: 'spec.replicas',
  message: 'expected a whole number, got "two"',
  severity: 'error' as const,
};

test('a problem names file, line, column, field and value', () => {
  assert.is(
    formatProblem(problem),
    'shop.yaml:14:12: spec.replicas: expected a whole number, got "two"',
  );
  assert.is(
    formatProblem({...problem, line: 0, path: undefined, severity: 'warning', message: 'is empty'}),
    'shop.yaml: warning: is empty',
  );
});

test('warnings alone are no errors, and problems come in the order of the file', () => {
  const warning = {...problem, severity: 'warning' as const, line: 3};
  assert.not(hasErrors([warning]));
  assert.ok(hasErrors([warning, problem]));
  assert.equal(inFileOrder([problem, warning]), [warning, problem]);
});

test('a path reads as one would write it', () => {
  assert.is(pathText(['spec', 'containers', 0, 'image']), 'spec.containers[0].image');
  assert.is(pathText(['metadata', 'labels', 'a.b/c']), 'metadata.labels["a.b/c"]');
});

test('the nearest known word is the one with the fewest edits, if any is near', () => {
  assert.is(nearest('posson', ['batch', 'poisson', 'trace']), 'poisson');
  assert.is(nearest('contianers', ['containers', 'initContainers']), 'containers');
  assert.is(nearest('pdo', ['pod', 'job']), 'pod');
  assert.is(nearest('replicas', ['selector', 'template']), undefined);
  assert.is(nearest('x'.repeat(5000), ['x']), undefined);
  assert.is(didYouMean('nodeselector', ['nodeSelector']), '; did you mean nodeSelector?');
});

test('an offending value is shown short and on one line', () => {
  assert.is(show('a\nb'), '"a\\nb"');
  assert.is(show('x'.repeat(100)).length, 63);
  assert.is(show([1]), 'a list');
  assert.is(show({}), 'an empty map');
  assert.is(show(undefined), 'nothing');
});

test.run();
