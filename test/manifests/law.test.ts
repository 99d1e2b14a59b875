// The fast and the position-keeping parser must read the same values; and every real manifest file
// that a YAML 1.1 parser accepts is accepted, with its pods read in full.

import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {documentsIn} from '../../src/manifests/documents.ts';
import type {ManifestObject} from '../../src/manifests/manifest.ts';
import {readManifests} from '../../src/manifests/read.ts';
import {scalarValue} from '../../src/manifests/scalar.ts';
import {placedValue} from '../../src/manifests/yaml-places.ts';
import {yamlValue} from '../../src/manifests/yaml-value.ts';
import {formatProblem} from '../../src/options/problem.ts';
import {fc, runs} from '../support/fast-check.ts';

const data = process.env.ORRERY_DATA ?? '';
const manifests = join(data, 'manifests');
const pods = join(data, 'k8s-sims', 'pods-7064.yaml.gz');
const nodes = join(data, 'k8s-sims', 'nodes-1200.yaml.gz');
const present = data !== '' && existsSync(manifests) && existsSync(pods);
if (!present) console.log('skipped: manifests of real clusters (set ORRERY_DATA to their folder)');
const withData = present ? test : test.skip;

/** Refused with a reason by every parser: `\'` is no escape in double quotes. */
const broken = 'kubernetes-website/pods/inject/envars-file-container.yaml';

function manifestFiles(): string[] {
  const files = readdirSync(manifests, {recursive: true, encoding: 'utf8'});
  return files.filter(file => /\.(ya?ml|json)$/.test(file)).sort();
}

function sameValues(text: string): boolean {
  const fast = yamlValue(text);
  const slow = placedValue(text);
  if ('failure' in fast || 'failure' in slow) return false;
  assert.equal(slow.value, fast.value, text);
  return true;
}

withData('both parsers read equal values from real manifests', () => {
  let compared = 0;
  for (const file of manifestFiles()) {
    for (const {text} of documentsIn(readFileSync(join(manifests, file), 'utf8'))) {
      if (sameValues(text)) compared++;
    }
  }
  assert.ok(compared > 500);
});

const scalar = fc.oneof(
  fc.constantFrom(
    ...'y Y n N yes No on OFF true False TRUE null ~ NULL .nan .inf -.Inf 0 -0 +1 010 08 0o17 0x1F 0b11 1_000'.split(
      ' ',
    ),
    ...'1e3 1.5 .5 5. 1:30 12:30:45 2001-01-01 2001-01-01T00:00:00Z 1.2.3 - = << <<: 0x 0b2 1e 1e+ _1 1_ +.inf -'.split(
      ' ',
    ),
    '""',
    "'yes'",
    '"1"',
    '',
  ),
  fc.stringMatching(/^[-+0-9.eExXob_][-+0-9.eExXob_:]{0,7}[0-9eob_]$/),
  fc.stringMatching(/^[a-zA-Z0-9 ./_-]{1,12}$/),
  fc.double().map(String),
);

test('both parsers read equal values from every scalar, in keys and values', () => {
  let compared = 0;
  fc.assert(
    fc.property(scalar, scalar, (key, value) => {
      // A null key is "null" to one parser and "" to the other; kubectl refuses it.
      fc.pre(!/^ *-( |$)/.test(key) && scalarValue(key.trim()) !== null);
      for (const text of [`a: ${value}`, `- ${value}`, `${key}: 1`, `{k: [${value}]}`]) {
        if (sameValues(text)) compared++;
      }
    }),
    {numRuns: runs(500)},
  );
  assert.ok(compared > 2 * runs(500));
});

test('plain scalars mean what they mean to kubectl', () => {
  const cases: [string, unknown][] = [
    ['yes', true],
    ['n', false],
    ['Off', false],
    ['~', null],
    ['010', 8],
    ['0o17', 15],
    ['0x1F', 31],
    ['-0b11', -3],
    ['1_000', 1000],
    ['1e3', 1000],
    ['1:30', '1:30'],
    ['2001-01-01', '2001-01-01'],
    ['08', 8],
    ['1.2.3', '1.2.3'],
  ];
  for (const [text, value] of cases) {
    assert.equal(yamlValue(`a: ${text}`), {value: {a: value}});
    assert.ok(sameValues(`a: ${text}`));
  }
});

withData('every real manifest that a YAML 1.1 parser accepts is accepted', () => {
  for (const file of manifestFiles()) {
    const {problems} = readManifests(readFileSync(join(manifests, file)), {file});
    const errors = problems.filter(problem => problem.severity === 'error').map(formatProblem);
    if (file === broken) assert.equal(errors, [`${file}:9:49: unknown escape sequence`]);
    else assert.equal(errors, []);
  }
});

withData('thousands of pods become the few templates that differ', () => {
  const read = (file: string): readonly ManifestObject[] => {
    const {objects, problems} = readManifests(gunzipSync(readFileSync(file)), {file});
    assert.equal(problems, []);
    return objects;
  };
  const objects = read(pods);
  const templates = new Set(objects.map(({value}) => value.type === 'pod' && value.template));
  assert.is(objects.length, 7064);
  assert.is(templates.size, 126);
  assert.is(objects[7063].name, 'openb-pod-7063');
  assert.is(read(nodes).length, 1213);
});

withData('a document read among its siblings becomes what it becomes alone', () => {
  for (const file of [pods, nodes]) {
    const text = gunzipSync(readFileSync(file)).toString();
    const {objects} = readManifests(text, {file: 'x'});
    [...documentsIn(text)].forEach((document, i) => {
      if (i % 20 !== 0) return;
      const [alone] = readManifests(document.text, {file: 'x', line: document.line}).objects;
      assert.equal(objects[i], alone);
    });
  }
});

test.run();
