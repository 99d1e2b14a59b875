// What is YAML but no scenario, whatever its keys may be, is told at its place.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {formatProblem} from '../../src/options/problem.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {scenarioWith} from './good-scenario.ts';
import {memoryFiles} from './memory-files.ts';

const noKey = (what: string) => `expected a text as key, got ${what}`;
const noTag = (tag: string) => `the tag ${tag} means nothing here`;
const noValue = 'expected a value, got the mark of a merge, which is a key';
const inItself = 'an alias inside of what it stands for';

const cases: readonly (readonly [title: string, text: string, ...said: string[]])[] = [
  ['a map as key', '? {a: 1}\n: 2', `1:3: ${noKey('a map')}`],
  ['a list as key', '{? [a] : 2}', `1:4: ${noKey('a list')}`],
  ['a map as key, by its alias', 'a: &m {b: 1}\n*m : 2', `2:1: ${noKey('a map')}`],
  ['nothing as key', '? ~\n: 2', `1:3: ${noKey('null')}`],
  ['nothing as key, by its alias', 'a: &n\n*n : 2', `2:1: ${noKey('null')}`],
  [
    'a map without key as key of what is merged',
    '<<: #...\n- ? :',
    `2:5: ${noKey('a map')}`,
    `2:5: ${noKey('null')}`,
  ],
  ['a key twice', 'a: 1\nb: 2\na: 3', '3:1: the same key stands twice in one map'],
  ['a number and its text as keys', '{1: a, "1": b}', '1:8: the same key stands twice in one map'],
  ['a key twice, by its alias', '&a a: 1\n*a : 2', '2:1: the same key stands twice in one map'],
  ['a set', 'a: !!set {b, c}', `1:4: ${noTag('!!set')}`],
  ['an ordered map', 'a: !!omap [b: 1]', `1:4: ${noTag('!!omap')}`],
  ['bytes', 'a: !!binary aGk=', `1:4: ${noTag('!!binary')}`],
  ['a date', 'a: !!timestamp 2001-01-01', `1:4: ${noTag('!!timestamp')}`],
  [
    'a date of YAML 1.1',
    '%YAML 1.1\n---\na: !!timestamp 2001-01-01',
    `3:4: ${noTag('!!timestamp')}`,
  ],
  ['a tag of somebody else', 'a: !secret b', `1:4: ${noTag('!secret')}`],
  ['a tag that its value is not of', 'a: !!int b', `1:4: ${noTag('!!int')}`],
  ['a merge as value', 'a: !!merge <<', `1:12: ${noValue}`],
  ['a merge as value, by its alias', '&a <<: {b: 1}\nc: *a', `2:4: ${noValue}`],
  ['a list in itself', 'a: &a [*a]', `1:8: ${inItself}`],
  ['a map merged into itself', 'a: &a {<<: *a}', `1:12: ${inItself}`],
];

for (const [title, text, ...said] of cases) {
  test(`${title} is told at its place`, async () => {
    assert.equal(
      await problems(text),
      said.map(line => `a.yaml:${line}`),
    );
  });
}

test('a setting of what is no plain value is refused', async () => {
  const said = await problems(scenarioWith({}), ['seed=!!set {a}']);
  assert.equal(said, [`--set seed=!!set {a}: ${noTag('!!set')}`]);
});

test('a date without a tag is text, in YAML 1.1 too', async () => {
  const [said] = await problems(`%YAML 1.1\n---\n${scenarioWith({question: '2001-01-01'})}`);
  assert.is(said, undefined);
});

test('lines without content before the scenario cost no time', async () => {
  const said = await problems(`${'\n'.repeat(100)}${scenarioWith({}, '---\n')}`);
  assert.equal(said, []);
});

async function problems(text: string, set: readonly string[] = []): Promise<string[]> {
  const {problems} = await readScenarioFrom(memoryFiles({'a.yaml': text}), 'a.yaml', {set});
  return problems.map(formatProblem);
}

test.run();
