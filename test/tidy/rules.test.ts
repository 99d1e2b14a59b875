// Each rule of the house sees its breach, and nothing in a file that keeps it.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import * as rules from './rules.ts';
import {type SourceFile, sourceFile} from './source-file.ts';

const good = sourceFile(
  'src/scheduler/good.ts',
  [
    '// Says what it is; Date, any and process.exit() are only mentioned: `x`',
    "import {a} from '../engine/a.ts';",
    "import {b} from './b.ts';",
    "const message = 'new Date(), Math.random() and an enum Thing';",
    'const pattern = /process|Date|["\'`]/;',
    `const text = \`\${a} has any process.exit() at \${b}\`; // setTimeout()`,
    `const long = '${'x'.repeat(120)}';`,
    'const power = 2 ** 10 + Math.floor(1.5);',
    'const row = {process: 1}; const used = row.process;',
    '',
  ].join('\n'),
);

test('a file that keeps the rules raises no complaint', () => {
  const {layerComplaints, sizeComplaints, widthComplaints, headComplaints} = rules;
  const {worldComplaints, mathComplaints, languageComplaints, localComplaints} = rules;
  for (const rule of [layerComplaints, sizeComplaints, widthComplaints, headComplaints]) {
    assert.equal(rule([good]), []);
  }
  for (const rule of [worldComplaints, mathComplaints, languageComplaints, localComplaints]) {
    assert.equal(rule([good]), []);
  }
});

test('zod imported as an object is seen', () => {
  const complaints = (line: string) => rules.zodComplaints([sourceFile('src/a.ts', line)]);
  assert.is(complaints("import {z} from 'zod';\n").length, 1);
  assert.equal(complaints("import * as z from 'zod';\nimport type {z} from 'zod';\n"), []);
});

test('an import to the left, of a neighbour or from the tests is seen', () => {
  const imports = (path: string, imported: string): boolean =>
    rules.layerComplaints([sourceFile(path, `import {a} from '${imported}';\n`)]).length > 0;
  assert.ok(imports('src/engine/a.ts', '../options/b.ts'));
  assert.ok(imports('src/scheduler/a.ts', '../node/b.ts'));
  assert.ok(imports('src/scheduler/plugins/a.ts', '../../workload/b.ts'));
  assert.ok(imports('src/objects/a.ts', '../machines/b.ts'));
  assert.ok(imports('src/index.ts', './cli/b.ts'));
  assert.ok(imports('src/cli/a.ts', '../b.ts'));
  assert.ok(imports('src/new/a.ts', '../engine/b.ts'));
  assert.ok(imports('src/metrics/a.ts', '../index.ts'));
  assert.not(imports('src/cli/a.ts', '../engine/b.ts'));
});

test('a type that is imported counts as an import, and so does a later one', () => {
  const typed = "import type {A} from '../scenario/a.ts';\n";
  const later = "const a = await import('../scenario/a.ts');\n";
  for (const text of [typed, later]) {
    assert.is(rules.layerComplaints([sourceFile('src/engine/a.ts', text)]).length, 1, text);
  }
});

test('a long file, a wide line and a missing head are seen', () => {
  seen(rules.sizeComplaints, 'const a = 1;\n'.repeat(301));
  seen(rules.widthComplaints, `// ${'word '.repeat(20)}\n`);
  seen(rules.widthComplaints, `const a = ${'b + '.repeat(25)}c;\n`);
  seen(rules.headComplaints, "import {a} from './a.ts';\n");
});

test('what reaches outside the simulation is seen', () => {
  for (const use of ['Date.now()', 'process.env', 'Math.random()', 'fetch(a)', 'setTimeout(a)']) {
    seen(rules.worldComplaints, `const a = ${use};\n`);
  }
  seen(rules.worldComplaints, "import {readFileSync} from 'node:fs';\n");
  seen(rules.worldComplaints, `const a = \`at \${Date.now()}\`;\n`);
});

test('what engines may round differently is seen', () => {
  for (const use of ['Math.log(2)', 'Math.pow(2, b)', '1.5 ** b', 'Math.log2(8)', 'b ** 2']) {
    seen(rules.mathComplaints, `const a = ${use};\n`);
  }
});

test('what the language has and the house has not is seen', () => {
  seen(rules.languageComplaints, 'export default a;\n');
  seen(rules.languageComplaints, 'enum A {B}\n');
  seen(rules.languageComplaints, 'const a = b as any;\n');
  seen(rules.languageComplaints, 'const a: any = b;\n');
  seen(rules.languageComplaints, 'const a = b!.c;\n');
  seen(rules.languageComplaints, 'class A extends B {}\n');
  seen(rules.languageComplaints, '// @ts-ignore\n');
});

test('an entry that its registry leaves out is seen', () => {
  const registry = {index: 'src/workload/index.ts', entry: /^export const \w+ = defineWorkload\(/m};
  const index = sourceFile(registry.index, "import {a} from './a.ts';\n");
  const a = sourceFile('src/workload/a.ts', 'export const a = defineWorkload({});\n');
  const b = sourceFile('src/workload/b.ts', 'export const b = defineWorkload({});\n');
  assert.equal(rules.registryComplaints(registry, [index, a]), []);
  assert.is(rules.registryComplaints(registry, [index, a, b]).length, 1);
  assert.is(rules.registryComplaints(registry, [index]).length, 1, 'no entry at all');
});

test('a scenario without schema, question, name or results is seen', () => {
  const complaints = (text: string, results = new Set(['a'])): number =>
    rules.scenarioComplaints([sourceFile('scenarios/a.yaml', text)], results).length;
  const schema = '# yaml-language-server: $schema=../dist/scenario.schema.json\n';
  const rest = '# Does it work?\nkind: Scenario\nname: a\n';
  assert.is(complaints(schema + rest), 0);
  assert.is(complaints(rest), 1);
  assert.is(complaints(`${schema}kind: Scenario\nname: a\n`), 1);
  assert.is(complaints(`${schema}# Does it work?\nname: b\n`), 1);
  assert.is(complaints(schema + rest, new Set()), 1);
});

test('a test file that runs nothing, or is never run, is seen', () => {
  const file = sourceFile('test/a.test.ts', "test('a', () => {});\n\ntest.run();\n");
  assert.equal(rules.testFileComplaints([file], new Set([file.path])), []);
  assert.is(rules.testFileComplaints([file], new Set()).length, 1);
  const silent = sourceFile('test/a.test.ts', "test('a', () => {});\n");
  assert.is(rules.testFileComplaints([silent], new Set([silent.path])).length, 1);
});

test('a test that draws other cases at every run is seen', () => {
  const own = "import * as fc from 'fast-check';\n";
  assert.is(rules.seedComplaints([sourceFile('test/a.test.ts', own)]).length, 1);
  assert.equal(rules.seedComplaints([sourceFile('test/support/fast-check.ts', own)]), []);
  const shared = "import {fc} from './support/fast-check.ts';\n";
  assert.equal(rules.seedComplaints([sourceFile('test/a.test.ts', shared)]), []);
});

test('a folder of one machine and a number of one tracker are seen', () => {
  seen(rules.localComplaints, `// as in /${'home'}/somebody/notes\n`);
  seen(rules.localComplaints, `// see ${'issue'} 12\n`);
  seen(rules.localComplaints, `// ${'TO'}${'DO'}: later\n`);
});

function seen(rule: (files: readonly SourceFile[]) => readonly string[], text: string): void {
  assert.is(rule([sourceFile('src/scheduler/bad.ts', text)]).length, 1, text);
}

test.run();
