// Whatever bytes a file holds, reading gives objects or problems: never a throw, never a hang.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {readManifests} from '../../src/manifests/read.ts';
import {formatProblem} from '../../src/options/problem.ts';
import {fc, runs} from '../support/fast-check.ts';
import {yamlText} from '../support/yaml-text.ts';

function problems(source: string | Uint8Array): string[] {
  return readManifests(source, {file: 'x.yaml'}).problems.map(formatProblem);
}

function readsOrRefuses(source: string | Uint8Array): void {
  assert.not.match(problems(source).join('\n'), /undefined|\[object|Symbol\(/);
}

const laughs = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
for (let i = 1; i < 12; i++) laughs.push(`a${i}: &a${i} [${`*a${i - 1}, `.repeat(9)}*a${i - 1}]`);

test('each kind of bad file gets one sentence at its place', () => {
  const cases: [string, string | Uint8Array, string][] = [
    [
      'alias bomb',
      laughs.join('\n'),
      'x.yaml:2:10: aliases that stand for more than a million values',
    ],
    ['alias in itself', 'a: &a [*a]', 'x.yaml:1:8: '],
    ['many aliases', `a: &a 1\nb: [${'*a,'.repeat(2000)}]`, 'more than 1000 aliases'],
    ['unknown alias', 'a: *b', 'x.yaml:1:'],
    ['deep nesting', '['.repeat(100_000), 'nested more than 100 levels deep'],
    [
      'deep JSON',
      `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
      'nested more than 100 levels deep',
    ],
    ['tabs', 'a:\n\tb: c', 'x.yaml:2:1: '],
    ['duplicate key', 'a: 1\nb: 2\na: 3', 'x.yaml:3:1: duplicate key'],
    ['duplicate key in JSON', '{"a": 1,\n "a": 2}', 'x.yaml:2:2: duplicate key "a"'],
    [
      'NUL byte',
      'a: b\nc: \0',
      'x.yaml:2:4: expected text, got a NUL byte; is this a binary file?',
    ],
    ['not UTF-8', Uint8Array.of(97, 10, 255, 254), 'x.yaml:2:1: expected UTF-8 text'],
    ['gzip', Uint8Array.of(0x1f, 0x8b, 8, 0), 'x.yaml:1:1: expected text, got gzip data'],
    ['unclosed quote', 'a: "b\nc: d', 'x.yaml:'],
    ['unclosed flow', 'a: [b\nc: d\n', 'x.yaml:'],
    ['bad indentation', 'a:\n  b: 1\n c: 2\n', 'x.yaml:3:'],
    ['bad escape', 'a: "\\q"', 'x.yaml:1:'],
    ['unknown tag', 'a: !secret b', 'x.yaml:1:'],
    ['map as key', 'a: 1\n? {b: 2}\n: 3', 'x.yaml:2:3: expected a text as key, got a map'],
    ['list as key', 'a: {? [b] : 3}', 'x.yaml:1:7: expected a text as key, got a list'],
    ['merge of a map with a map as key', '<<:\n- ? :', 'x.yaml:2:5: expected a text as key'],
  ];
  for (const [name, source, message] of cases) {
    const found = problems(source);
    assert.is(found.length, 1, name);
    assert.ok(found[0].includes(message), `${name}: ${found[0]}`);
  }
});

test('numbers beyond all bounds are values like any other', () => {
  const spec = (value: string) =>
    `{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {priority: ${value}, containers: [{name: a, image: b}]}}`;
  for (const value of ['.nan', '.inf', '1e999', '9'.repeat(500)]) {
    assert.is(problems(spec(value)).length, 1, value);
  }
});

test('keys that JavaScript treats specially are ordinary keys', () => {
  const text = `apiVersion: v1
kind: Namespace
metadata:
  name: a
  labels: {__proto__: b, constructor: c}
__proto__: {polluted: true}
`;
  const {objects, problems: found} = readManifests(text, {file: 'x.yaml'});
  assert.is(objects[0].labels.get('constructor'), 'c');
  assert.is(Object.hasOwn(Object.prototype, 'polluted'), false);
  assert.match(formatProblem(found[0]), 'expected a key such as app');
});

test('merge keys are merged', () => {
  const text = `x: &base {name: a, image: b}
apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  containers:
  - {<<: *base, name: c}
`;
  const {objects} = readManifests(text, {file: 'x.yaml'});
  const [{value}] = objects;
  assert.is(value.type === 'pod' && value.template.spec.containers[0].image, 'b');
});

test('a broken document does not hide the others', () => {
  const namespace = '{apiVersion: v1, kind: Namespace, metadata: {name: a}}';
  const {objects, problems: found} = readManifests(`${namespace}\n---\n{]\n---\n${namespace}\n`, {
    file: 'x.yaml',
  });
  assert.is(objects.length, 2);
  assert.is(found.length, 1);
  assert.is(found[0].line, 3);
});

test('any bytes give a result', () => {
  fc.assert(fc.property(fc.uint8Array({maxLength: 400}), readsOrRefuses), {numRuns: runs(500)});
});

test('any text of the characters YAML is made of gives a result', () => {
  const character = fc.constantFrom(
    ...'{}[]:,-?&*!|>\'"%@`#~<=.\n\n  \t01eax_\\',
    '---\n',
    '<<: ',
    'kind: Pod\n',
  );
  fc.assert(fc.property(fc.string({unit: character, maxLength: 80}), readsOrRefuses), {
    numRuns: runs(1500),
  });
  fc.assert(fc.property(yamlText, readsOrRefuses), {numRuns: runs(500)});
});

test('a pod with anything anywhere gives a result', () => {
  const keys = [
    'containers',
    'affinity',
    'nodeAffinity',
    'resources',
    'requests',
    'limits',
    'cpu',
    'tolerations',
    'key',
    'requiredDuringSchedulingIgnoredDuringExecution',
    'nodeSelectorTerms',
    'matchExpressions',
    'operator',
    'values',
    'topologySpreadConstraints',
    'labelSelector',
    'matchLabels',
    'ports',
    'containerPort',
    'hostNetwork',
    'labels',
  ];
  const {value} = fc.letrec(tie => ({
    value: fc.oneof(
      {maxDepth: 6, withCrossShrink: true},
      fc.constantFrom(null, true, 0, -1, 1e99, 'x', 'In', '100m'),
      fc.array(tie('value'), {maxLength: 3}),
      fc.dictionary(fc.constantFrom(...keys), tie('value'), {maxKeys: 6}),
    ),
  }));
  fc.assert(
    fc.property(
      fc.constantFrom('Pod', 'Deployment', 'Node', 'CronJob'),
      value,
      value,
      (kind, spec, metadata) => {
        const apiVersion =
          new Map([
            ['Deployment', 'apps/v1'],
            ['CronJob', 'batch/v1'],
          ]).get(kind) ?? 'v1';
        readsOrRefuses(JSON.stringify({apiVersion, kind, metadata, spec, status: spec}));
      },
    ),
    {numRuns: runs(500)},
  );
});

test.run();
