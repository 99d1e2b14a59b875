// Probes, hooks and pull policies against the API server's defaults and validation
// (pkg/apis/core/v1/defaults.go, pkg/apis/core/validation/validation.go).

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../src/engine/time.ts';
import {readManifests} from '../../src/manifests/read.ts';
import type {Container} from '../../src/objects/pod-spec.ts';

function read(fields: string, image = 'app:1') {
  const text = `{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: main, image: '${image}', ${fields}}]}}`;
  const {objects, problems} = readManifests(text, {file: 'x.yaml'});
  const value = objects[0]?.value;
  const container = value?.type === 'pod' ? value.template.spec.containers[0] : undefined;
  return {container: container as Container, problems: problems.map(({message}) => message)};
}

test('a probe without numbers has the defaults of the API server', () => {
  assert.equal(read('livenessProbe: {tcpSocket: {port: 80}}').container.livenessProbe, {
    handler: 'tcpSocket',
    initialDelay: 0,
    period: seconds(10),
    timeout: seconds(1),
    successThreshold: 1,
    failureThreshold: 3,
    terminationGracePeriod: undefined,
  });
});

test('a zero where a probe needs a number is the default too', () => {
  const {container} = read('readinessProbe: {exec: {}, periodSeconds: 0, failureThreshold: 0}');
  assert.is(container.readinessProbe?.period, seconds(10));
  assert.is(container.readinessProbe?.failureThreshold, 3);
});

test('mistakes in probes and hooks are named', () => {
  const rows: [string, string][] = [
    ['livenessProbe: {}', 'expected one of exec, httpGet, tcpSocket, grpc, got none'],
    [
      'livenessProbe: {exec: {}, successThreshold: 2}',
      'expected 1, as for every liveness and startup probe, got 2',
    ],
    ['readinessProbe: {exec: {}, periodSeconds: -1}', 'expected at least 0, got -1'],
    [
      'readinessProbe: {exec: {}, terminationGracePeriodSeconds: 1}',
      'a readiness probe has no grace period',
    ],
    [
      'lifecycle: {preStop: {exec: {}, sleep: {seconds: 1}}}',
      'expected one of exec, httpGet, tcpSocket, sleep, got exec, sleep',
    ],
  ];
  for (const [fields, message] of rows) assert.equal(read(fields).problems, [message], fields);
});

test('an image that may change is pulled always, others once', () => {
  const rows: [string, string][] = [
    ['app', 'Always'],
    ['app:latest', 'Always'],
    ['registry:5000/app', 'Always'],
    ['app:1.2', 'IfNotPresent'],
    ['registry:5000/app:1', 'IfNotPresent'],
    [`app@sha256:${'0'.repeat(64)}`, 'IfNotPresent'],
  ];
  for (const [image, policy] of rows) {
    assert.is(read('', image).container.imagePullPolicy, policy, image);
  }
  assert.is(read('imagePullPolicy: Never').container.imagePullPolicy, 'Never');
});

test('a preStop hook that sleeps says how long', () => {
  const {container} = read('lifecycle: {preStop: {sleep: {seconds: 5}}}');
  assert.equal(container.preStop, {handler: 'sleep', sleep: seconds(5)});
});

test.run();
