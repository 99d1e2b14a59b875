// What is reported about whole files: all at once, in order, each warning once, unknown things
// named.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {inContainer, inSpec, problems, rows} from './problems-of.ts';

test('a pod of a dump that had ended begins anew, which is said once a file', () => {
  const dumped = (name: string, phase: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {containers: [{name: a, image: b}]}\nstatus: {phase: ${phase}}\n`;
  const text = [dumped('a', 'Running'), dumped('b', 'Succeeded'), dumped('c', 'Succeeded')];
  assert.equal(problems(text.join('---\n')), [
    'x.yaml:11:17: warning: status.phase: a pod that had ended (Succeeded) begins anew and takes room again',
  ]);
});

test('a workload whose selector misses its own pods', () => {
  const found = problems(`apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: -1
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: shop}
    spec:
      restartPolicy: Never
      containers: [{name: a, image: b}]
`);
  assert.equal(found, [
    'x.yaml:5:13: spec.replicas: expected a whole number from 0, got -1',
    'x.yaml:9:15: spec.template.metadata.labels: expected labels that deployment.spec.selector selects',
    'x.yaml:11:22: spec.template.spec.restartPolicy: Deployment: expected one of Always, got "Never"',
  ]);
});

test('all mistakes of a file are reported at once, in the order of the file', () => {
  const found = problems(
    `${inSpec('priority: high, hostNetwork: 1')}---\n${inContainer('image: 5')}`,
  );
  assert.equal(found.length, 3);
  assert.match(found[2], 'x.yaml:9:41: duplicate key');
});

test('an unknown field is named with the nearest known one, once a file', () => {
  const found = problems(`${inSpec('nodeselector: {}')}---\n${inSpec('nodeselector: {}, x: 1')}`);
  assert.equal(found, [
    'x.yaml:4:43: warning: spec.nodeselector: unknown field "nodeselector"; did you mean nodeSelector?',
    'x.yaml:9:61: warning: spec.x: unknown field "x"',
  ]);
});

test('what is not modelled yet is named once a file', () => {
  const found = problems(
    `${inSpec('activeDeadlineSeconds: 5')}---\n${inSpec('activeDeadlineSeconds: 6')}`,
  );
  assert.equal(found, [
    'x.yaml:4:43: warning: spec.activeDeadlineSeconds: activeDeadlineSeconds is not modelled yet and has no effect',
  ]);
});

test('unknown kinds are kept and named with what was probably meant', () => {
  rows(
    part => `{${part}, metadata: {name: a}}`,
    [
      [
        'apiVersion: apps/v1, kind: Deploymnt',
        'warning: kind: Deploymnt of apps/v1 is unknown (a custom resource?) and has no effect; did you mean Deployment?',
      ],
      [
        'apiVersion: extensions/v1beta1, kind: Ingress',
        'is no kind of Kubernetes 1.31 to 1.36 and has no effect; did you mean apiVersion: networking.k8s.io/v1?',
      ],
      [
        'apiVersion: example.com/v1, kind: Shirt',
        'Shirt of example.com/v1 is a custom resource and has no effect',
      ],
    ],
  );
});

test('what is no Kubernetes object is named and left out', () => {
  rows(
    part => part,
    [
      [
        'a: b',
        'x.yaml:1:1: warning: not a Kubernetes object and left out: it has no apiVersion and kind',
      ],
      ['- a', 'not a Kubernetes object and left out: it is a list'],
      ['just text', 'not a Kubernetes object and left out: it is "just text"'],
      ['{kind: Pod}', 'it has no apiVersion'],
    ],
  );
});

test.run();
