// Rule: reference 9.1: etcd takes requests of at most 1.5 MiB.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {played} from '../timelines/play.ts';
import {problems} from './problems-of.ts';

const limit = 1.5 * 2 ** 20;

/** A Service whose JSON has so many bytes. */
function service(bytes: number): string {
  const json = (note: string) =>
    JSON.stringify({
      ...{apiVersion: 'v1', kind: 'Service', metadata: {name: 'big', annotations: {note}}},
      spec: {ports: [{port: 80}]},
    });
  return json('x'.repeat(bytes - json('').length));
}

const refusal = `got ${limit + 1} bytes; etcdserver: request is too large`;

test('an object of more than 1.5 MiB is refused where it stands, one of just that is not', () => {
  assert.equal(problems(service(limit)), []);
  const [problem, ...more] = problems(`a: 1\n---\n${service(limit + 1)}`).slice(1);
  assert.is(problem, `x.yaml:3:1: expected at most 1.5 MiB as JSON, ${refusal}`);
  assert.equal(more, []);
});

test('the objects of a list are requests of their own', () => {
  const items = [service(limit), service(limit), service(limit + 1)].join(', ');
  const found = problems(`{"apiVersion": "v1", "kind": "List", "items": [${items}]}`);
  assert.is(found.length, 1);
  assert.match(found[0], 'items[2]: expected at most 1.5 MiB');
});

test('a file that the timeline applies is held to it before the run', async () => {
  const nodes = '[{name: n, count: 1, allocatable: {cpu: 1, memory: 1Gi}}]';
  const timeline = '[{at: 1s, do: apply, file: big.json}]';
  const body = `duration: 1m\ncluster: {nodes: ${nodes}}\ntimeline: ${timeline}\n`;
  let told = '';
  await played(body, {'big.json': service(limit + 1)}).catch(error => {
    told = String(error);
  });
  assert.match(told, refusal);
});

test.run();
