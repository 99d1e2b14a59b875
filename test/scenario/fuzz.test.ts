// Whatever a scenario file says, reading it gives a scenario or says what is wrong with it: never a
// crash.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {formatProblem, hasErrors} from '../../src/options/problem.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {scenario as schema} from '../../src/scenario/schema.ts';
import {fc, runs} from '../support/fast-check.ts';
import {beyondValues, oddValues as plainValues, yamlText} from '../support/yaml-text.ts';
import {editedScenario} from './edited-scenario.ts';
import {scenarioWith} from './good-scenario.ts';
import {memoryFiles} from './memory-files.ts';
import {nearScenario} from './near-scenario.ts';

const oddValues = [...plainValues, ...beyondValues];
const good = scenarioWith({
  seed: '3',
  manifests: '[b.yaml]',
  scheduler: '{profile: bin-packing, cost: {base: 1ms}}',
  workload: '[{kind: poisson, name: w, every: 3s, lifetime: {exponential: {mean: 5m}}}]',
  results: '{timeseries: {every: 1m}}',
});

type More = {readonly set?: readonly string[]; readonly manifest?: string};

async function readsOrRefuses(text: string, {set = [], manifest = text}: More = {}): Promise<void> {
  const files = memoryFiles({'a.yaml': text, 'b.yaml': manifest});
  const {scenario, problems} = await readScenarioFrom(files, 'a.yaml', {set});
  assert.is(scenario === undefined, hasErrors(problems));
  for (const problem of problems) {
    assert.not.match(formatProblem(problem), /undefined|\[object|Symbol\(/);
  }
}

function holds(text: fc.Arbitrary<string>, usual = 200): Promise<void> {
  const property = fc.asyncProperty(text, one => readsOrRefuses(one));
  return fc.assert(property, {numRuns: runs(usual)});
}

test('any text', () => holds(fc.string()));

test('any characters', () => holds(fc.string({unit: 'binary', maxLength: 300})));

test('any mixture of what YAML is made of', () => holds(yamlText));

test('any such mixture as a part of a scenario, or behind it', async () => {
  const section = fc.constantFrom(...Object.keys(schema.shape));
  const part = fc.tuple(section, yamlText).map(([key, text]) => scenarioWith({[key]: text}));
  await holds(part);
  await holds(yamlText.map(text => scenarioWith({}, `---\n${text}`)));
});

test('any such mixture as a file of manifests', () => {
  const reads = fc.asyncProperty(yamlText, manifest => readsOrRefuses(good, {manifest}));
  return fc.assert(reads, {numRuns: runs(200)});
});

test('a good scenario with a piece cut out, doubled or replaced', () => {
  const place = fc.nat({max: good.length});
  const put = fc.oneof(fc.string({maxLength: 8}), fc.constantFrom(good, ...oddValues));
  const edit = fc.tuple(place, place, put);
  return holds(edit.map(([a, b, text]) => good.slice(0, a) + text + good.slice(b)));
});

test('any value in the place of any section', () => {
  const section = fc.constantFrom(...Object.keys(schema.shape));
  const value = fc.json({maxDepth: 5});
  return holds(fc.tuple(section, value).map(([key, json]) => scenarioWith({[key]: json})));
});

test('a scenario that comes with Orrery, with odd values in it', () => holds(editedScenario));

test('what the schema allows, with odd values in it', () => holds(nearScenario));

test('any setting', () => {
  const path = fc.constantFrom(
    'seed',
    'cluster',
    'cluster.nodes[0].count',
    '__proto__.x',
    'a[0]',
    '',
  );
  const value = fc.oneof(fc.string(), fc.constantFrom(...oddValues));
  const set = fc.array(fc.tuple(path, value).map(([at, text]) => `${at}=${text}`));
  const reads = fc.asyncProperty(set, texts => readsOrRefuses(good, {set: texts}));
  return fc.assert(reads, {numRuns: runs(200)});
});

test('any nesting', () => {
  const opening = fc.constantFrom(
    '[',
    '{a: ',
    '- ',
    '? ',
    '{',
    '[[',
    '[{a: ',
    '&a [',
    '!!set {? ',
    ' - ',
  );
  const text = fc.tuple(opening, fc.nat(20_000)).map(([word, times]) => `a: ${word.repeat(times)}`);
  return holds(text, 30);
});

test.run();
