// Whatever a scenario file says, reading it gives a scenario or says what is wrong with it: never a
// crash.

import fc from 'fast-check';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {formatProblem, hasErrors} from '../../src/options/problem.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {scenario as schema} from '../../src/scenario/schema.ts';
import {scenarioWith} from './good-scenario.ts';
import {memoryFiles} from './memory-files.ts';

const good = scenarioWith({
  seed: '3',
  manifests: '[b.yaml]',
  scheduler: '{profile: bin-packing, cost: {base: 1ms}}',
  workload: '[{kind: poisson, name: w, every: 3s, lifetime: {exponential: {mean: 5m}}}]',
  results: '{timeseries: {every: 1m}}',
});

async function readsOrRefuses(text: string, set: readonly string[] = []): Promise<void> {
  const files = memoryFiles({'a.yaml': text, 'b.yaml': text});
  const {scenario, problems} = await readScenarioFrom(files, 'a.yaml', {set});
  assert.is(scenario === undefined, hasErrors(problems));
  for (const problem of problems) assert.not.match(formatProblem(problem), /undefined|\[object/);
}

const number = (name: string, usual: number) => Number(process.env[name] ?? usual);
const runs = {numRuns: number('FUZZ_RUNS', 200)};

test('any text', () =>
  fc.assert(
    fc.asyncProperty(fc.string(), text => readsOrRefuses(text)),
    runs,
  ));

test('any characters', () => {
  const text = fc.string({unit: 'binary', maxLength: 300});
  return fc.assert(fc.asyncProperty(text, readsOrRefuses1), runs);
});

test('any mixture of what YAML is made of', () => {
  const word = fc.constantFrom(
    ...[
      'a',
      ':',
      ' ',
      '\n',
      '- ',
      '? ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '&x ',
      '*x',
      '!!str ',
      '|\n',
      '>\n',
    ],
    ...[
      '"',
      "'",
      '#',
      '%',
      '---\n',
      '...\n',
      '<<: ',
      '  ',
      '\t',
      '1e9',
      '~',
      'null',
      '\u0000',
      '\uFEFF',
    ],
  );
  const text = fc.array(word, {maxLength: 60}).map(words => words.join(''));
  return fc.assert(fc.asyncProperty(text, readsOrRefuses1), runs);
});

test('a good scenario with a piece cut out, doubled or replaced', () => {
  const place = fc.nat({max: good.length});
  const edit = fc.tuple(place, place, fc.oneof(fc.string({maxLength: 8}), fc.constant(good)));
  const text = edit.map(([a, b, put]) => good.slice(0, a) + put + good.slice(b));
  return fc.assert(fc.asyncProperty(text, readsOrRefuses1), runs);
});

test('any value in the place of any section', () => {
  const section = fc.constantFrom(...Object.keys(schema.shape));
  const value = fc.json({maxDepth: 5});
  const lines = fc.tuple(section, value).map(([key, json]) => scenarioWith({[key]: json}));
  return fc.assert(fc.asyncProperty(lines, readsOrRefuses1), runs);
});

test('any setting', () => {
  const path = fc.constantFrom(
    'seed',
    'cluster',
    'cluster.nodes[0].count',
    '__proto__.x',
    'a[0]',
    '',
  );
  const set = fc.array(fc.tuple(path, fc.string()).map(([at, value]) => `${at}=${value}`));
  return fc.assert(
    fc.asyncProperty(set, texts => readsOrRefuses(good, texts)),
    runs,
  );
});

test('any nesting', () => {
  const opening = fc.constantFrom('[', '{a: ', '- ', '? ', '{', '[[', '[{a: ');
  const text = fc.tuple(opening, fc.nat(20_000)).map(([word, times]) => `a: ${word.repeat(times)}`);
  return fc.assert(fc.asyncProperty(text, readsOrRefuses1), {numRuns: 30});
});

function readsOrRefuses1(text: string): Promise<void> {
  return readsOrRefuses(text);
}

test.run();
