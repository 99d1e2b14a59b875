// Every mistake of broken-scenarios.txt is told in exactly the words that stand there.

import {readFileSync} from 'node:fs';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {formatProblem} from '../../src/options/problem.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {scenarioWith} from './good-scenario.ts';
import {memoryFiles} from './memory-files.ts';

type Case = {mistake: string; lines: Record<string, string | undefined>; message: string};

const object = (kind: string, name: string, spec: string) => {
  const apiVersion = kind === 'Deployment' ? 'apps/v1' : 'v1';
  return `---\n{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: ${name}}, spec: ${spec}}\n`;
};
const deployment = (name: string) =>
  object(
    'Deployment',
    name,
    `{selector: {matchLabels: {app: ${name}}}, template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: main, image: 'a:1'}]}}}`,
  );
const others = {
  'there.yaml': [
    ...[deployment('web'), deployment('db')],
    object('Service', 'web', '{selector: {app: web}, ports: [{port: 80}]}'),
    object('Service', 'db', '{selector: {app: db}, ports: [{port: 80}]}'),
    object('Service', 'front', '{type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}'),
  ].join(''),
  'trace.csv': 'at\n1\nsoon\n',
};

const table = readFileSync(new URL('broken-scenarios.txt', import.meta.url), 'utf8');
const cases = table
  .split(/\n{2,}/)
  .filter(block => !block.startsWith('#'))
  .map(readCase);

function readCase(block: string): Case {
  const [mistake, ...rest] = block.trimEnd().split('\n');
  const message = rest.filter(line => line.startsWith('> ')).map(line => line.slice(2));
  const keys = rest.filter(line => line.startsWith('  ')).map(line => line.slice(2));
  const lines = keys.map(line => {
    const colon = line.indexOf(':');
    return line.startsWith('-')
      ? [line.slice(1), undefined]
      : [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return {mistake, lines: Object.fromEntries(lines), message: message.join('\n')};
}

test('the table has the mistakes that are promised', () => {
  assert.ok(cases.length >= 80, `${cases.length}`);
});

for (const {mistake, lines, message} of cases) {
  test(`${mistake} is told where and how to put it right`, async () => {
    const files = memoryFiles({...others, 'a.yaml': scenarioWith(lines)});
    const {problems} = await readScenarioFrom(files, 'a.yaml');
    assert.is(problems.map(formatProblem).join('\n'), message);
  });
}

test.run();
