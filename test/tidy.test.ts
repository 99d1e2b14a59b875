// The house's rules, held against the repository as it stands. What each rule finds is tested in
// test/tidy/rules.test.ts.

import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {findTestFiles} from './support/test-files.ts';
import * as rules from './tidy/rules.ts';
import {filesUnder, root, sourceFile} from './tidy/source-file.ts';

const product = filesUnder('src');
const tests = filesUnder('test');
const benchmarks = existsSync(join(root, 'bench')) ? filesUnder('bench') : [];
const everything = [...product, ...tests, ...benchmarks, ...filesUnder('build')];

test('a folder imports only itself and what stands to its right', () => {
  none(rules.layerComplaints(product));
});

test('no file has more than 300 lines', () => none(rules.sizeComplaints(everything)));

test('no line is wider than 100 columns', () => none(rules.widthComplaints(product)));

test('every file opens with a comment', () => none(rules.headComplaints(product)));

test('only reading, reporting and the command line touch the world', () => {
  none(rules.worldComplaints(product));
});

test('only engine/math.ts computes what engines may round differently', () => {
  none(rules.mathComplaints(product));
});

test('of zod only what is used gets into the command line', () => {
  none(rules.zodComplaints(product));
});

test('the language stays plain', () => none(rules.languageComplaints(product)));

for (const registry of rules.registries) {
  test(`${registry.index} lists everything in its folder`, () => {
    none(rules.registryComplaints(registry, product));
  });
}

test('every scenario asks a question, names its schema and has results', () => {
  const results = new Set(readdirSync(join(root, 'results')));
  const withRun = [...results].filter(name => existsSync(join(root, 'results', name, 'run.json')));
  none(rules.scenarioComplaints(filesUnder('scenarios', '.yaml'), new Set(withRun)));
});

test('every test file runs its tests and is found by npm test', async () => {
  const found = new Set((await findTestFiles()).map(({name}) => `test/${name}`));
  const files = tests.filter(({path}) => path.endsWith('.test.ts'));
  none(rules.testFileComplaints(files, found));
  assert.is(found.size, files.length);
});

test('no test draws other cases at every run', () => none(rules.seedComplaints(everything)));

test('npm test is the runner that refuses to find nothing', () => {
  const {scripts} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  assert.is(scripts.test, 'node --import tsx test/main.ts');
});

test('nothing names a place or a number that means nothing elsewhere', () => {
  const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].map(path =>
    sourceFile(path, readFileSync(join(root, path), 'utf8')),
  );
  none(rules.localComplaints([...everything, ...filesUnder('scenarios', '.yaml'), ...documents]));
});

function none(complaints: readonly string[]): void {
  assert.is(complaints.join('\n'), '');
}

test.run();
