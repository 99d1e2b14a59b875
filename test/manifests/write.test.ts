// Written and read again, pods and nodes are what they were; the field tables are what they are
// made of.

import {readFileSync} from 'node:fs';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {readManifests} from '../../src/manifests/read.ts';
import {nodeToObject, podToObject, toYaml} from '../../src/manifests/write.ts';
import {generated, target} from './schema/generate.ts';

const pod = `apiVersion: v1
kind: Pod
metadata:
  name: web-1
  namespace: shop
  labels: {app: web, v: "1"}
  annotations: {note: "yes"}
  ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web, uid: x, controller: true}]
spec:
  nodeSelector: {disk: ssd}
  priorityClassName: high
  priority: 10
  preemptionPolicy: Never
  schedulingGates: [{name: wait}]
  hostNetwork: true
  dnsPolicy: ClusterFirstWithHostNet
  dnsConfig: {nameservers: [10.0.0.9], searches: [corp.example], options: [{name: ndots, value: "2"}]}
  restartPolicy: OnFailure
  terminationGracePeriodSeconds: 5
  overhead: {cpu: 10m}
  resources: {requests: {cpu: 1}}
  tolerations: [{key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 9}]
  volumes:
  - {name: m, image: {reference: "model:1"}}
  - {name: settings, configMap: {name: web, items: [{key: a, path: b}]}}
  - {name: keys, secret: {secretName: tls, optional: true}}
  - {name: unused, secret: {secretName: other}}
  initContainers: [{name: proxy, image: p, restartPolicy: Always}]
  containers:
  - name: c
    image: d
    envFrom: [{configMapRef: {name: all}}, {secretRef: {name: some, optional: true}}]
    env: [{name: A, value: b}, {name: C, valueFrom: {secretKeyRef: {name: login, key: password}}}]
    volumeMounts: [{name: settings, mountPath: /a}, {name: keys, mountPath: /b}]
  - {name: a, image: b, ports: [{name: http, containerPort: 80}], resources: {limits: {cpu: 1.5, memory: 1Gi}}}
  topologySpreadConstraints:
  - {maxSkew: 2, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, minDomains: 3,
     labelSelector: {matchLabels: {app: web}}, matchLabelKeys: [v]}
  affinity:
    nodeAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        nodeSelectorTerms: [{matchExpressions: [{key: "n", operator: Gt, values: ["3"]}]}, {}]
      preferredDuringSchedulingIgnoredDuringExecution:
      - {weight: 7, preference: {matchFields: [{key: metadata.name, operator: In, values: [n1]}]}}
    podAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
      - {topologyKey: zone, labelSelector: {}, namespaceSelector: {matchLabels: {team: a}}}
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
      - {weight: 9, podAffinityTerm: {topologyKey: host, namespaces: [a], mismatchLabelKeys: [v], labelSelector: {}}}
`;

test('a pod survives being written and read', () => {
  const [first] = readManifests(pod, {file: 'a'}).objects;
  assert.is(first.value.type, 'pod');
  if (first.value.type !== 'pod') return;
  const written = toYaml(podToObject(first.name, first.value.template));
  const {objects, problems} = readManifests(written, {file: 'b'});
  assert.equal(problems, []);
  assert.equal(objects[0].value, first.value);
  assert.is(objects[0].name, first.name);
});

test('a node survives being written and read', () => {
  const text = `apiVersion: v1
kind: Node
metadata: {name: n1, labels: {zone: a}, annotations: {k: v}}
spec: {unschedulable: true, taints: [{key: a, value: b, effect: NoSchedule}]}
status:
  allocatable: {cpu: 3920m, memory: 1.5Gi, pods: 110, example.com/gpu: 2}
  images: [{names: ["a:1", "a@sha"], sizeBytes: 12}]
`;
  const [{value}] = readManifests(text, {file: 'a'}).objects;
  assert.is(value.type, 'node');
  if (value.type !== 'node') return;
  const {objects, problems} = readManifests(toYaml(nodeToObject(value.node)), {file: 'b'});
  assert.equal(problems, []);
  assert.equal(objects[0].value, value);
});

test('the committed field tables are what the generator makes', () => {
  assert.is(readFileSync(target, 'utf8'), generated());
});

test('every type the field tables name has a table', () => {
  const {kinds, types} = JSON.parse(generated());
  for (const type of Object.values<string>(kinds)) assert.ok(type in types, type);
  for (const line of Object.values<string>(types)) {
    for (const field of line.split(' ')) {
      const type = field.slice(field.indexOf(':') + 1).replace(/[[\]{}]/g, '');
      if (type.includes('.')) assert.ok(type in types, type);
    }
  }
});

test.run();
