// What pods ask of a node: containers, init containers, sidecars, pod-level requests, overhead.
// From component-helpers/resource/helpers.go; the decision cases hold the tables.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {effectiveRequests, nonZeroRequests} from '../../src/objects/effective-requests.ts';
import {templateOf} from '../conformance/case-template.ts';
import {casePod} from '../conformance/decode-case.ts';

const spec = (written: object) => templateOf(casePod.parse(written), {}).spec;
const cpu = (written: object, options: object = {}) =>
  effectiveRequests(spec(written), options).cpuMillicores;
const asks = (amount: number, more: object = {}) => ({requests: {cpu: amount}, ...more});
const sidecar = {restartPolicy: 'Always'};

test('containers add up; a larger init container wins', () => {
  const containers = [asks(100), asks(200)];
  assert.is(cpu({containers, initContainers: [asks(250)]}), 300);
  assert.is(cpu({containers, initContainers: [asks(400), asks(350)]}), 400);
});

test('a sidecar runs beside the containers and beside init containers declared after it', () => {
  const containers = [asks(100)];
  assert.is(cpu({containers, initContainers: [asks(50, sidecar), asks(200)]}), 250);
  assert.is(cpu({containers, initContainers: [asks(200), asks(50, sidecar)]}), 200);
});

test('pod-level requests replace the sum, overhead comes on top of either', () => {
  const pod = {
    containers: [asks(100)],
    podLevelResources: {requests: {cpu: 700, 'example.com/gpu': 1}},
    overhead: {cpu: 5},
  };
  assert.is(cpu(pod), 705);
  assert.is(effectiveRequests(spec(pod)).scalars, undefined);
  assert.is(cpu(pod, {skipPodLevelResources: true}), 105);
  assert.is(cpu(pod, {excludeOverhead: true}), 700);
});

test('scorers count 100m and 200 MiB for containers that name none; an explicit 0 is 0', () => {
  const twoHundredMebibytes = 200 * 2 ** 20;
  assert.equal(nonZeroRequests(spec({containers: [{}, asks(0)]})), {
    cpuMillicores: 100,
    memoryBytes: 2 * twoHundredMebibytes,
  });
  const podLevel = {podLevelResources: {requests: {cpu: 500}}, containers: [{}, {}]};
  assert.equal(nonZeroRequests(spec(podLevel)), {
    cpuMillicores: 500,
    memoryBytes: 2 * twoHundredMebibytes,
  });
});

test('a pod without containers asks for nothing, even to scorers', () => {
  assert.equal(nonZeroRequests(spec({})), {cpuMillicores: 0, memoryBytes: 0});
});

test.run();
