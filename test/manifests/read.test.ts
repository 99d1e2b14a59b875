// What reading gives when the manifests are right.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {second} from '../../src/engine/time.ts';
import type {ManifestObject} from '../../src/manifests/manifest.ts';
import {readManifests} from '../../src/manifests/read.ts';
import type {PodTemplate} from '../../src/objects/pod-spec.ts';

function read(text: string): readonly ManifestObject[] {
  const {objects, problems} = readManifests(text, {file: 'x.yaml'});
  assert.equal(
    problems.filter(problem => problem.severity === 'error'),
    [],
  );
  return objects;
}

function template(object: ManifestObject): PodTemplate {
  assert.is(object.value.type, 'pod');
  return (object.value as {template: PodTemplate}).template;
}

const pod = (spec: string, metadata = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web-1\n${metadata}spec:\n${spec}`;
const bare = (name: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  labels: {app: web}\n  name: ${name}\nspec:\n  containers: [{name: a, image: b}]\n`;

test('a pod gets the defaults of the API server', () => {
  const [object] = read(pod('  containers: [{name: a, image: b, ports: [{containerPort: 80}]}]\n'));
  const {namespace, spec} = template(object);
  assert.is(namespace, 'default');
  assert.is(spec.schedulerName, 'default-scheduler');
  assert.is(spec.restartPolicy, 'Always');
  assert.is(spec.terminationGracePeriod, 30 * second);
  assert.is(spec.priority, undefined);
  assert.equal(spec.containers[0].ports, [
    {name: undefined, containerPort: 80, protocol: 'TCP', hostPort: 0, hostIP: ''},
  ]);
});

test('a limit without a request is also the request', () => {
  const resources = '{limits: {cpu: 0.1, memory: 1Gi}, requests: {memory: 512Mi}}';
  const [object] = read(pod(`  containers: [{name: a, image: b, resources: ${resources}}]\n`));
  const [container] = template(object).spec.containers;
  assert.equal(
    [...container.requests],
    [
      ['memory', 2 ** 29],
      ['cpu', 100],
    ],
  );
});

test('with the network of the host every port is a port of the host', () => {
  const [object] = read(
    pod('  hostNetwork: true\n  containers: [{name: a, image: b, ports: [{containerPort: 80}]}]\n'),
  );
  assert.is(template(object).spec.containers[0].ports[0].hostPort, 80);
});

test('the labels of the pod for matchLabelKeys and mismatchLabelKeys go into the selectors', () => {
  const [object] = read(
    pod(
      `  containers: [{name: a, image: b}]
  topologySpreadConstraints:
  - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {}, matchLabelKeys: [v]}
  affinity:
    podAntiAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
      - {topologyKey: zone, labelSelector: {matchLabels: {app: web}}, mismatchLabelKeys: [v, absent]}
`,
      '  labels: {v: one}\n',
    ),
  );
  const {topologySpreadConstraints, podAntiAffinity} = template(object).spec;
  assert.equal(topologySpreadConstraints[0].labelSelector, [
    {key: 'v', operator: 'In', values: ['one']},
  ]);
  assert.equal(podAntiAffinity?.required[0].labelSelector, [
    {key: 'app', operator: 'In', values: ['web']},
    {key: 'v', operator: 'NotIn', values: ['one']},
  ]);
});

test('a null selector, an empty one and none are told apart', () => {
  const [object] = read(
    pod(`  containers: [{name: a, image: b}]
  affinity:
    nodeAffinity: {}
    podAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
      - {topologyKey: zone, labelSelector: null, namespaceSelector: {}}
`),
  );
  const {nodeAffinity, podAffinity} = template(object).spec;
  assert.is(nodeAffinity?.required, undefined);
  assert.is(podAffinity?.required[0].labelSelector, undefined);
  assert.equal(podAffinity?.required[0].namespaceSelector, []);
});

test('an init container that always restarts is a sidecar', () => {
  const [object] = read(
    pod(`  initContainers: [{name: proxy, image: b, restartPolicy: Always}, {name: once, image: b}]
  containers: [{name: a, image: b}]\n`),
  );
  const {initContainers} = template(object).spec;
  assert.equal(
    initContainers.map(container => container.sidecar),
    [true, false],
  );
});

test('pods that differ in their name alone share one template', () => {
  const objects = read([bare('web-1'), bare('web-2'), bare('web-3')].join('---\n'));
  assert.equal(
    objects.map(({name, line}) => [name, line]),
    [
      ['web-1', 1],
      ['web-2', 9],
      ['web-3', 17],
    ],
  );
  assert.is(template(objects[0]), template(objects[1]));
  assert.is(template(objects[0]), template(objects[2]));
});

test('a name elsewhere than in the metadata does not make siblings', () => {
  const other = bare('web-1').replace('name: a', 'name: c');
  const [first, second] = read(`${bare('web-1')}---\n${other}`);
  assert.is.not(template(first), template(second));
  const text = `metadata:\n  annotations:\n    x: |\n      name: fake-1\n  name: web-1\n`;
  const rest = 'apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, image: b}]}\n';
  const [annotated] = read(text + rest);
  assert.is(annotated.name, 'web-1');
});

test('objects come in the order of the file, Lists taken apart', () => {
  const list = `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Namespace, metadata: {name: a}}\n- {apiVersion: v1, kind: Namespace, metadata: {name: b}}\n`;
  const objects = read(`${list}---\n${bare('web-1')}`);
  assert.equal(
    objects.map(({kind, name}) => `${kind} ${name}`),
    ['Namespace a', 'Namespace b', 'Pod web-1'],
  );
});

test('items of a PodList need not say that they are pods', () => {
  const item = '{metadata: {name: web-1}, spec: {containers: [{name: a, image: b}]}}';
  const [object] = read(`{apiVersion: v1, kind: PodList, items: [${item}]}`);
  assert.is(template(object).spec.containers[0].image, 'b');
});

test('a node that states no allocatable offers its capacity', () => {
  const [object] = read(`apiVersion: v1
kind: Node
metadata: {name: n1, labels: {zone: a}}
spec: {taints: [{key: k, effect: NoSchedule}], unschedulable: true}
status: {capacity: {cpu: "4", memory: 1Gi, pods: 110, example.com/gpu: 2}}
`);
  assert.is(object.namespace, undefined);
  assert.is(object.value.type, 'node');
  if (object.value.type !== 'node') return;
  const {node} = object.value;
  assert.equal(Object.fromEntries(node.allocatable), {
    cpu: 4000,
    memory: 2 ** 30,
    pods: 110,
    'example.com/gpu': 2,
  });
  assert.equal(node.taints, [{key: 'k', value: '', effect: 'NoSchedule'}]);
  assert.ok(node.unschedulable);
});

test('every kind that makes pods gives their template, owned by it', () => {
  const body =
    'template: {metadata: {labels: {a: b}}, spec: {restartPolicy: POLICY, containers: [{name: a, image: b}]}}';
  const rows: [string, string, string][] = [
    ['apps/v1', 'Deployment', 'selector: {matchLabels: {a: b}}, replicas: 3, TEMPLATE'],
    ['apps/v1', 'ReplicaSet', 'selector: {matchLabels: {a: b}}, TEMPLATE'],
    ['apps/v1', 'StatefulSet', 'selector: {matchLabels: {a: b}}, serviceName: s, TEMPLATE'],
    ['apps/v1', 'DaemonSet', 'selector: {matchLabels: {a: b}}, TEMPLATE'],
    ['v1', 'ReplicationController', 'TEMPLATE'],
    ['batch/v1', 'Job', 'parallelism: 2, TEMPLATE'],
    ['batch/v1', 'CronJob', 'schedule: "0 * * * *", jobTemplate: {spec: {TEMPLATE}}'],
  ];
  for (const [apiVersion, kind, spec] of rows) {
    const policy = kind.endsWith('Job') ? 'Never' : 'Always';
    const filled = spec.replace('TEMPLATE', body.replace('POLICY', policy));
    const [object] = read(
      `{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: w}, spec: {${filled}}}`,
    );
    assert.is(object.value.type, 'workload', kind);
    if (object.value.type !== 'workload') continue;
    assert.equal(object.value.workload.template.owner, {kind, name: 'w'});
    assert.equal([...object.value.workload.template.labels], [['a', 'b']]);
  }
});

test('priority classes, services and disruption budgets are decoded', () => {
  const objects = read(`
{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: high}, value: 1000, preemptionPolicy: Never}
---
{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {a: b}, ports: [{port: 80}]}}
---
{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: p}, spec: {minAvailable: 50%, selector: {}}}
`);
  assert.equal(
    objects.map(({value}) => value.type),
    ['priority-class', 'service', 'pod-disruption-budget'],
  );
  const [{value: high}, {value: service}, {value: budget}] = objects;
  assert.is(high.type === 'priority-class' && high.priorityClass.value, 1000);
  assert.equal(service.type === 'service' && service.service.selector, new Map([['a', 'b']]));
  assert.equal(budget.type === 'pod-disruption-budget' && budget.budget.minAvailable, {
    percent: 50,
  });
});

test('a file may be JSON, have a byte order mark, or end its lines as Windows does', () => {
  const json = JSON.stringify(
    {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'a'}},
    null,
    '\t',
  );
  assert.is(read(json)[0].name, 'a');
  assert.is(read(`\ufeff${bare('web-1').replaceAll('\n', '\r\n')}`)[0].name, 'web-1');
  assert.is(read(`%YAML 1.1\n---\n${bare('web-1')}...\n---\n${bare('web-2')}`)[1].line, 12);
  assert.is(
    read(`--- {apiVersion: v1, kind: Namespace, metadata: {name: a}}\n--- # b\n`)[0].name,
    'a',
  );
});

test('quoted texts may lie to the left, as kubectl takes them', () => {
  const text = `apiVersion: v1
kind: Namespace
metadata:
  name: a
  annotations:
    list: '[
  {"a": 1}
]'
`;
  assert.is(read(text)[0].name, 'a');
});

test('an empty file, comments and empty documents hold no object and are no mistake', () => {
  for (const text of ['', '\n', '# nothing\n', '---\n---\n', '---\n# a\n...\n']) {
    assert.equal(read(text), []);
  }
});

test.run();
