// The published JSON Schema takes what the reader takes, and points editors at the keys.

import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {parseDocument} from 'yaml';
import * as z from 'zod';
import {firstDocument} from '../../src/scenario/first-document.ts';
import {scenarioJsonSchema} from '../../src/scenario/json-schema.ts';
import {scenarioWith} from './good-scenario.ts';

const folder = new URL('../../scenarios/', import.meta.url);
const scenarios = readdirSync(folder).filter(name => name.endsWith('.yaml'));
// Read back from its text, as an editor does; nothing of our own types is left in it.
const published = z.fromJSONSchema(JSON.parse(JSON.stringify(scenarioJsonSchema())));

function accepts(text: string): boolean {
  return published.safeParse(parseDocument(firstDocument(text).scenario).toJS()).success;
}

for (const name of scenarios) {
  const text = readFileSync(new URL(name, folder), 'utf8');

  test(`${name} agrees with the JSON Schema`, () => {
    assert.ok(accepts(text));
  });

  test(`${name} names the schema to editors, and asks its question first`, () => {
    const [editor, question] = text.split('\n');
    assert.is(editor, '# yaml-language-server: $schema=../dist/scenario.schema.json');
    assert.match(question, /^# .*\?/);
  });
}

const refused: readonly Readonly<Record<string, string | undefined>>[] = [
  {question: undefined},
  {duration: '5'},
  {sed: '1'},
  {cluster: '{nodes: [{name: n, cuont: 1, allocatable: {cpu: 1, memory: 1Gi}}]}'},
  {cluster: '{nodes: [{name: n, count: 1, allocatable: {cpu: 1, memroy: 1Gi}}]}'},
  {workload: '[{kind: posson, name: a}]'},
  {workload: '[{kind: poisson, name: a}]'},
];

for (const lines of refused) {
  test(`the JSON Schema refuses ${JSON.stringify(lines)}`, () => {
    assert.not(accepts(scenarioWith(lines)));
  });
}

test('the JSON Schema takes a good scenario', () => {
  assert.ok(accepts(scenarioWith({})));
});

test.run();
