// How many replications a wanted precision takes.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {type Precision, precisionOf} from '../../src/experiment/precision.ts';
import {designOf, observationsOf, type Runs} from '../support/observations.ts';

const design = {primary: {metric: 'nodes_used', object: ''}};

test('few replications are never enough, however alike they are', () => {
  assert.is(after([{nodes_used: [10, 10.1, 10, 10.1]}], 0.5).replications, 10);
});

test('an interval that is narrow enough in every variant ends it', () => {
  const even = {nodes_used: [10, 10.1, 9.9, 10, 10.1, 9.9, 10, 10.1, 9.9, 10]};
  const {replications, relative = NaN} = after([even, even], 0.05);
  assert.is(replications, 10);
  // t(9) is 2.262, the standard deviation 0.0816.
  assert.ok(Math.abs(relative - (2.262 * 0.0816) / Math.sqrt(10) / 10) < 1e-5);
});

test('the variant of which least is known asks for another round', () => {
  const even = {nodes_used: [10, 10.1, 9.9, 10, 10.1, 9.9, 10, 10.1, 9.9, 10]};
  const uneven = {nodes_used: [10, 20, 15, 30, 5, 12, 18, 9, 25, 11]};
  const {replications, warning} = after([even, uneven], 0.05);
  assert.is(replications, 15);
  assert.is(warning, undefined);
});

test('what never varies is known, and what never occurs is not', () => {
  assert.is(after([{nodes_used: Array(10).fill(10)}], 0.05).replications, 10);
  const outages = {primary: {metric: 'outages', object: ''}};
  const {replications, relative} = after([{outages: Array(10).fill(0)}], 0.05, outages);
  assert.equal([replications, relative], [15, undefined]);
});

test('unavailability counts, not availability', () => {
  const shares = [0.999, 0.998, 0.9995, 0.999, 0.997, 0.9992, 0.998, 0.9991, 0.9989, 0.9975];
  const availability = {primary: {metric: 'availability', object: 'default/web'}};
  const runs = [{'availability:default/web': shares}];
  assert.ok((after(runs, 0.05, availability).relative ?? 0) > 0.3);
});

test('a figure that no run has asks for no more of them', () => {
  const unknown = {primary: {metric: 'availability', object: 'default/wbe'}};
  const runs = [{'availability:default/web': [0.9, 0.91]}];
  assert.equal(after(runs, 0.05, unknown), {
    replications: 2,
    relative: undefined,
    warning: undefined,
  });
});

test('it gives up with a sentence', () => {
  const uneven = {nodes_used: [10, 20, 15, 30, 5, 12, 18, 9, 25, 11]};
  const observations = observationsOf([uneven]);
  const answer = precisionOf(
    designOf(['a'], design),
    {precision: 0.01, maxReplications: 10},
    observations,
  );
  assert.match(answer.warning ?? '', /^nodes_used is known to .* %, not to 1 %, after 10 repl/);
  assert.is(answer.replications, 10);
});

function after(runs: readonly Runs[], precision: number, more = design): Precision {
  const names = runs.map((_, i) => `v${i}`);
  const wanted = {precision, maxReplications: 200};
  return precisionOf(designOf(names, more), wanted, observationsOf(runs));
}

test.run();
