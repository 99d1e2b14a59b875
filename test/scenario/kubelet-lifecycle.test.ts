// When kubelets play every step of a pod's life without being told to, and what pods are then said
// to lack.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {scenarioWith} from './good-scenario.ts';
import {memoryFiles} from './memory-files.ts';

async function read(sections: Record<string, string>, documents = '', files = {}) {
  const text = scenarioWith(sections, documents);
  const {scenario, problems} = await readScenarioFrom(
    memoryFiles({'a.yaml': text, ...files}),
    'a.yaml',
  );
  return {lifecycle: scenario?.kubelet.lifecycle, told: problems.map(({message}) => message)};
}

const podOf = (spec: string, annotations = '{}') =>
  `---\n{apiVersion: v1, kind: Pod, metadata: {name: p, annotations: ${annotations}}, spec: ${spec}}\n`;
const secret = '---\n{apiVersion: v1, kind: Secret, metadata: {name: login}, stringData: {a: b}}\n';
const plain = podOf('{containers: [{name: a, image: b}]}');
const deployment = `{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}},
  template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: b}]}}}}\n`;

test('kubelets are detailed where it matters, unless the scenario says what they are', async () => {
  const kubelet = (lifecycle: string) => ({cluster: `{kubelet: {lifecycle: ${lifecycle}}}`});
  const rows: [string, Record<string, string>, string, string][] = [
    ['nothing but a pod', {}, plain, 'simple'],
    ['a workload object', {}, `---\n${deployment}`, 'detailed'],
    ['a ConfigMap or Secret', {}, secret + plain, 'detailed'],
    ['told otherwise', kubelet('simple'), `---\n${deployment}`, 'simple'],
    ['told so', kubelet('detailed'), plain, 'detailed'],
    ['how containers behave', {behaviour: '[{crashesAfter: 5s}]'}, plain, 'detailed'],
    ['images', {images: '{missing: ["b"]}'}, plain, 'detailed'],
    [
      'probes',
      {},
      podOf('{containers: [{name: a, image: b, livenessProbe: {exec: {}}}]}'),
      'detailed',
    ],
    [
      'how images are pulled',
      {cluster: '{kubelet: {maxParallelImagePulls: 3}}'},
      plain,
      'detailed',
    ],
    ['kubelets as they are anyway', {cluster: '{kubelet: {syncJitter: 0.5}}'}, plain, 'simple'],
    ['the start of simple pods', {cluster: '{kubelet: {podStart: 3s, boot: 9s}}'}, plain, 'simple'],
    ['images as they are anyway', {images: '{defaultSize: 100Mi}'}, plain, 'simple'],
    ['a fault of nodes', {faults: '[{kind: node-failures, model: lanl-2005}]'}, plain, 'simple'],
    ['a fault of the registry', {faults: '[{kind: registry-outage, at: 1m}]'}, plain, 'detailed'],
    [
      'an annotation',
      {},
      podOf('{containers: [{name: a, image: b}]}', '{orrery/exits-after: 1m}'),
      'detailed',
    ],
  ];
  for (const [what, sections, documents, expected] of rows) {
    const {lifecycle, told} = await read(sections, documents);
    assert.is(lifecycle, expected, `${what}: ${told.join()}`);
  }
});

test('what is said to kubelets that do not listen is named in a warning', async () => {
  const {told} = await read(
    {
      cluster: '{kubelet: {lifecycle: simple}}',
      behaviour: '[{crashesAfter: 5s}]',
      images: '{missing: ["b"]}',
      faults: `[{kind: registry-outage, at: 1m}, {kind: node-failures, model: lanl-2005},
        {kind: container-crash, at: 1m, pod: p}]`,
    },
    plain,
  );
  const effects = told.flatMap(message => /(.*) no effect unless/.exec(message)?.[1] ?? []);
  assert.equal(effects.sort(), [
    'container-crash has',
    'how containers behave has',
    'images have',
    'registry-outage has',
  ]);
});

test('a workload that the timeline applies counts too', async () => {
  const timeline = '[{at: 1m, do: apply, file: d.yaml}]';
  assert.is((await read({timeline}, '', {'d.yaml': deployment})).lifecycle, 'detailed');
});

const needs = (reference: string) =>
  podOf(`{containers: [{name: a, image: b, envFrom: [${reference}]}]}`);

test('an object that pods need and nobody has is named once', async () => {
  const detailed = {cluster: '{kubelet: {lifecycle: detailed}}'};
  const rows: [string, string[]][] = [
    [secret + needs('{secretRef: {name: login}}'), []],
    [needs('{secretRef: {name: login, optional: true}}'), []],
    [
      secret + needs('{secretRef: {name: logon}}, {secretRef: {name: logon}}'),
      [
        'no Secret "logon" in namespace default; did you mean login?; pods that need it wait for it',
      ],
    ],
    [
      secret + needs('{configMapRef: {name: login}}'),
      ['no ConfigMap "login" in namespace default; pods that need it wait for it'],
    ],
  ];
  for (const [documents, expected] of rows) {
    const {told} = await read(detailed, documents);
    assert.equal(
      told.filter(message => /pods that need it/.test(message)),
      expected,
    );
  }
});

test.run();
