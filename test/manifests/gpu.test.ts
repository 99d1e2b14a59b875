// Devices in manifests and scenarios, in Alibaba's notation and the short one.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {readManifests} from '../../src/manifests/read.ts';
import {completePod} from '../../src/workload/complete-pod.ts';
import {scenarioOf} from '../support/busy-scenario.ts';
import {rows} from './problems-of.ts';

const pod = (annotations: string) => `apiVersion: v1
kind: Pod
metadata: {name: web-1, annotations: {${annotations}}}
spec: {containers: [{name: a, image: b}]}
`;

const domain = 'alibabacloud.com';

function requestOf(annotations: string) {
  const [{value}] = readManifests(pod(annotations), {file: 'x.yaml'}).objects;
  return value.type === 'pod' ? value.template.spec.gpu : undefined;
}

test('a pod asks for devices by its annotations', () => {
  const cases: [string, unknown][] = [
    ['', undefined],
    [`${domain}/gpu-count: "0", ${domain}/gpu-milli: "0"`, undefined],
    [`${domain}/gpu-count: "1", ${domain}/gpu-milli: "460"`, {count: 1, milli: 460, models: []}],
    [`${domain}/gpu-count: "2"`, {count: 2, milli: 1000, models: []}],
    [
      `${domain}/gpu-milli: "50", ${domain}/gpu-card-model: "V100M16|V100M32"`,
      {count: 1, milli: 50, models: ['V100M16', 'V100M32']},
    ],
  ];
  for (const [annotations, expected] of cases) assert.equal(requestOf(annotations), expected);
});

test('what is no number of devices, or no share of one, is named', () => {
  rows(pod, [
    [`${domain}/gpu-milli: "1001"`, 'expected a whole number from 0 to 1000 in quotes, got "1001"'],
    [`${domain}/gpu-count: "two"`, 'expected a whole number from 0 to 32 in quotes, got "two"'],
    [`${domain}/gpu-count: "-1"`, 'expected a whole number from 0 to 32 in quotes, got "-1"'],
  ]);
});

const node = (allocatable: string) => `apiVersion: v1
kind: Node
metadata: {name: n-1}
status: {allocatable: {cpu: 4, memory: 8Gi, ${allocatable}}}
`;

test('a node has at most 32 devices of 1,000 milli', () => {
  rows(node, [
    [`${domain}/gpu-count: 33`, 'expected at most 32 devices, got 33'],
    [
      `${domain}/gpu-count: 2, ${domain}/gpu-milli: 1500`,
      'expected 1000 for each of its 2 devices, which count, got 1500',
    ],
  ]);
});

const workload = (gpu: string) => `apiVersion: orrery/v1
kind: Scenario
question: Which devices?
duration: 1m
cluster: {nodes: [{name: n, count: 1, allocatable: {cpu: 8, memory: 8Gi}, gpus: 2}]}
workload:
  - {kind: batch, name: b, count: 1, gpu: ${gpu}, template: {metadata: {annotations: {note: hi}}}}
`;

test('a workload says it shortly', async () => {
  const cases: [string, string | undefined, string | undefined, string | undefined][] = [
    ['460m', '1', '460', undefined],
    ['0.5', '1', '500', undefined],
    ['2', '2', '1000', undefined],
    ['{count: 4}', '4', '1000', undefined],
    ['{share: 50m, models: T4}', '1', '50', 'T4'],
    ['{count: 1, share: 250m, models: [T4, P100]}', '1', '250', 'T4|P100'],
  ];
  for (const [gpu, count, milli, model] of cases) {
    const given = await scenarioOf(workload(gpu));
    const made = completePod(given.workload[0].options as Parameters<typeof completePod>[0]);
    const {annotations} = (made as {metadata: {annotations: Record<string, string>}}).metadata;
    assert.is(annotations.note, 'hi');
    assert.is(annotations[`${domain}/gpu-count`], count, gpu);
    assert.is(annotations[`${domain}/gpu-milli`], milli, gpu);
    assert.is(annotations[`${domain}/gpu-card-model`], model, gpu);
  }
});

test('a wrong share, count or model is named with what would be right', async () => {
  const cases: [string, RegExp][] = [
    ['1200m', /expected whole devices, as 2, a share of one, as 460m/],
    ['0', /expected whole devices/],
    ['33', /expected whole devices/],
    ['{count: 0}', /expected a whole number from 1 to 32, got 0/],
    ['{share: 2}', /expected a share of a device, as 460m, 0.5 or 1, got 2/],
    ['{models: [1]}', /expected names of models, got/],
    ['{shares: 5m}', /unknown key "shares"; did you mean share\?/],
  ];
  for (const [gpu, message] of cases) {
    const outcome = await scenarioOf(workload(gpu)).then(
      () => 'it was taken',
      (error: Error) => error.message,
    );
    assert.match(outcome, message);
  }
});

test.run();
