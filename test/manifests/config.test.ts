// ConfigMaps, Secrets and what pods name of them, against the API server's validation
// (pkg/apis/core/validation) and the kubelet's view of a pod's volumes.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {readManifests} from '../../src/manifests/read.ts';
import type {PodSpec} from '../../src/objects/pod-spec.ts';
import {rows} from './problems-of.ts';

const secret = (part: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n${part.replaceAll('; ', '\n')}\n`;
const configMap = (part: string) => secret(part).replace('Secret', 'ConfigMap');

function config(text: string) {
  const {objects, problems} = readManifests(text, {file: 'x.yaml'});
  assert.equal(problems, []);
  const value = objects[0]?.value;
  return value?.type === 'config' ? value.config : undefined;
}

test('a ConfigMap has the keys of its texts and of its bytes', () => {
  const found = config(configMap('data: {a.conf: text}; binaryData: {b: AAAA}; immutable: true'));
  assert.equal(found, {
    ...{kind: 'ConfigMap', namespace: 'default', name: 's', type: undefined, immutable: true},
    keys: new Set(['a.conf', 'b']),
    bytes: 7,
  });
});

test('a Secret has the keys of both ways to write it, and is Opaque unless it says', () => {
  const found = config(secret('data: {a: "c2VjcmV0"}; stringData: {b: plain, a: wins}'));
  assert.equal([...(found?.keys ?? [])], ['a', 'b']);
  assert.is(found?.type, 'Opaque');
});

test('what is wrong with a Secret is named', () => {
  rows(secret, [
    [
      'data: {a: plain text}',
      'expected base64, got "plain text"; plain text belongs in stringData',
    ],
    ['data: {a: YWI}', 'expected base64, got "YWI"; plain text belongs in stringData'],
    [
      'type: kubernetes.io/tls; data: {tls.crt: YQ==}',
      'type kubernetes.io/tls needs the key tls.key',
    ],
    ['type: kubernetes.io/ssh-auth', 'type kubernetes.io/ssh-auth needs the key ssh-privatekey'],
    ['type: kubernetes.io/basic-auth', 'basic-auth needs the key username or password'],
    ['type: kubernetes.io/dockercfg', 'type kubernetes.io/dockercfg needs the key .dockercfg'],
    [
      'type: kubernetes.io/dockerconfigjson; stringData: {.dockerconfigjson: none}',
      'expected JSON, got "none"',
    ],
    [
      'type: kubernetes.io/service-account-token',
      'needs the annotation kubernetes.io/service-account.name',
    ],
    [`stringData: {a: ${'x'.repeat(2 ** 20 + 1)}}`, 'of values, got 1048577 bytes'],
    [
      'stringData: {a/b: c}',
      'at most 253 letters, digits, -, _ and ., not beginning with .., got "a/b"',
    ],
  ]);
});

test('what is wrong with a ConfigMap is named', () => {
  rows(configMap, [
    ['data: {a: b}; binaryData: {a: YQ==}', 'the key "a" is in data already'],
    ['binaryData: {a: "?"}', 'expected base64, got "?"'],
    ['data: {a: 1}', 'expected a text, got 1; write "1"'],
  ]);
});

test('a mebibyte and types that nobody knows are fine', () => {
  assert.ok(config(secret(`stringData: {a: ${'x'.repeat(2 ** 20)}}`)));
  assert.is(config(secret('type: example.com/own'))?.type, 'example.com/own');
});

function specOf(spec: string): PodSpec {
  const text = `{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: ${spec}}`;
  const value = readManifests(text, {file: 'x.yaml'}).objects[0]?.value;
  if (value?.type !== 'pod') throw new Error('no pod');
  return value.template.spec;
}

test('an environment names objects, keys, and what may be missing', () => {
  const {containers} = specOf(
    `{containers: [{name: a, image: b, envFrom: [{prefix: x, configMapRef: {name: m, optional: true}}],
      env: [{name: A, value: b}, {name: B, valueFrom: {secretKeyRef: {name: s, key: k}}},
        {name: C, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]}]}`,
  );
  assert.equal(containers[0].environment, [
    {kind: 'ConfigMap', name: 'm', keys: [], optional: true},
    {kind: 'Secret', name: 's', keys: ['k'], optional: false},
  ]);
});

test('only volumes that a container mounts are waited for', () => {
  const {volumeReferences} = specOf(
    `{volumes: [{name: v, configMap: {name: m, items: [{key: k, path: p}]}}, {name: unused, secret: {secretName: s}},
        {name: w, projected: {sources: [{secret: {name: t}}, {serviceAccountToken: {path: token}}]}}],
      initContainers: [{name: i, image: b, volumeMounts: [{name: v, mountPath: /v}]}],
      containers: [{name: a, image: b, volumeMounts: [{name: w, mountPath: /w}]}]}`,
  );
  assert.equal(volumeReferences, [
    {kind: 'ConfigMap', name: 'm', keys: ['k'], optional: false, volume: 'v'},
    {kind: 'Secret', name: 't', keys: [], optional: false, volume: 'w'},
  ]);
});

test.run();
