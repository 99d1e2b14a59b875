// ResourceQuotas and LimitRanges as they are read.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {readManifests} from '../../src/manifests/read.ts';
import {problems, rows} from './problems-of.ts';

const quota = (spec: string): string =>
  `{apiVersion: v1, kind: ResourceQuota, metadata: {name: q}, spec: {${spec}}}\n`;

const range = (item: string): string =>
  `{apiVersion: v1, kind: LimitRange, metadata: {name: l}, spec: {limits: [{${item}}]}}\n`;

function only(text: string) {
  const {objects, problems: found} = readManifests(text, {file: 'x.yaml'});
  assert.equal(found, []);
  return objects[0].value;
}

test('what a quota limits has the units of requests', () => {
  const value = only(quota('hard: {cpu: 1500m, limits.memory: 2Gi, pods: 4}'));
  assert.ok(value.type === 'resource-quota');
  if (value.type !== 'resource-quota') return;
  assert.equal(Object.fromEntries(value.quota.hard), {
    cpu: 1500,
    'limits.memory': 2 ** 31,
    pods: 4,
  });
});

test('of what a LimitRange does not say one thing follows from another', () => {
  const read = (item: string) => {
    const value = only(range(`type: Container, ${item}`));
    if (value.type !== 'limit-range') throw new Error(value.type);
    const [{limits, requests}] = value.range.limits;
    return [limits.get('cpu'), requests.get('cpu')];
  };
  assert.equal(read('max: {cpu: 2}, min: {cpu: 1}'), [2000, 2000]);
  assert.equal(read('default: {cpu: 1}, max: {cpu: 2}'), [1000, 1000]);
  assert.equal(read('min: {cpu: 1}'), [undefined, 1000]);
  assert.equal(read('defaultRequest: {cpu: 500m}, default: {cpu: 1}'), [1000, 500]);
});

test('what cannot be counted is told, and a scope nobody knows counts nothing', () => {
  const told = problems(quota('hard: {requests.storage: 5Gi, pods: 1}'));
  assert.is(told.length, 1);
  assert.match(
    told[0],
    'warning: spec.hard["requests.storage"]: a quota of requests.storage is not',
  );
  const text = quota('hard: {pods: 1}, scopes: [CrossNamespacePodAffinity]');
  const [{value}] = readManifests(text, {file: 'x.yaml'}).objects;
  assert.is(value.type === 'resource-quota' && value.quota.hard.size, 0);
});

test('mistakes', () => {
  rows(quota, [['hard: {pods: 1}, scopes: [BestEfort]', 'did you mean BestEffort?']]);
  rows(range, [['type: Containr', 'did you mean Container?']]);
});

test.run();
