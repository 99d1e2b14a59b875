// Random nodes and pod templates with a little of everything that scheduling looks at, few enough
// values that things meet: the same zones, the same apps, the same taints.

import type {RandomStream} from '../../src/engine/random.ts';
import {gpuCountName, gpuModelName} from '../../src/objects/gpu.ts';
import {equalitySelector} from '../../src/objects/labels.ts';
import type {NodeObject} from '../../src/objects/node-spec.ts';
import type {PodAffinity, PodSpec, PodTemplate} from '../../src/objects/pod-spec.ts';
import {containerWith, labelsOf, nodeWith, templateWith} from './pods-and-nodes.ts';

const zones = ['a', 'b', 'c'];
const models = ['P100', 'T4'];
const apps = ['web', 'db', 'cache'];
const images = ['registry.example/app:1', 'registry.example/db:1', 'registry.example/big:1'];
const hostname = 'kubernetes.io/hostname';
const zone = 'topology.kubernetes.io/zone';

/** Two of three have devices, up to four of one of two models. */
export function randomGpuNode(random: RandomStream, name: string): NodeObject {
  const node = randomNode(random, name);
  const count = Math.max(0, random.integer(-1, 4));
  const labels = new Map([...node.labels, [gpuModelName, random.choice(models)]]);
  return {...node, labels, allocatable: new Map([...node.allocatable, [gpuCountName, count]])};
}

/** Three of four ask for devices. */
export function randomGpuTemplate(random: RandomStream, bare: boolean): PodTemplate {
  const template = randomTemplate(random, bare);
  const shares = [undefined, random.integer(1, 10) * 100, random.integer(1, 10) * 100, 1000];
  const milli = random.choice(shares);
  if (milli === undefined) return template;
  const gpu = {
    count: milli === 1000 ? random.integer(1, 2) : 1,
    milli,
    models: random.uniform() < 0.2 ? [random.choice(models)] : [],
  };
  return {...template, spec: {...template.spec, gpu}};
}

export function randomNode(random: RandomStream, name: string): NodeObject {
  const maybe = (share: number): boolean => random.uniform() < share;
  return nodeWith(name, {
    labels: {
      ...(maybe(0.9) && {[zone]: random.choice(zones)}),
      ...(maybe(0.5) && {disk: random.choice(['ssd', 'hdd'])}),
    },
    cpuMillicores: 1000 * random.integer(1, 8),
    memoryBytes: 2 ** 30 * random.integer(2, 16),
    pods: random.integer(3, 12),
    unschedulable: maybe(0.03),
    taints: [
      ...(maybe(0.1) ? [{key: 'gpu', value: 'yes', effect: 'NoSchedule'}] : []),
      ...(maybe(0.15) ? [{key: 'spot', value: 'yes', effect: 'PreferNoSchedule'}] : []),
    ],
    images: images.filter(() => maybe(0.2)).map(image => ({names: [image], sizeBytes: 6e8})),
  });
}

/** `bare`: nothing but requests, so that only kept answers are needed. */
export function randomTemplate(random: RandomStream, bare: boolean): PodTemplate {
  const app = random.choice(apps);
  const maybe = (share: number): boolean => !bare && random.uniform() < share;
  const spec: Partial<PodSpec> = {
    ...(maybe(0.2) && {nodeSelector: labelsOf({disk: random.choice(['ssd', 'hdd'])})}),
    ...(maybe(0.2) && {tolerations: [tolerates(random.choice(['gpu', 'spot']))]}),
    ...(maybe(0.15) && {podAffinity: affinity(random)}),
    ...(maybe(0.15) && {podAntiAffinity: affinity(random)}),
    ...(maybe(0.15) && {nodeAffinity: prefersSsd}),
    ...(maybe(0.2) && {topologySpreadConstraints: [spread(random, app)]}),
  };
  const requests = new Map([
    ['cpu', 250 * random.integer(0, 8)],
    ['memory', 2 ** 28 * random.integer(0, 8)],
  ]);
  const ports = maybe(0.1) ? [port(8000 + random.integer(0, 2))] : [];
  const containers = [containerWith(requests, {image: random.choice(images), ports})];
  return templateWith({
    labels: {app},
    ...(maybe(0.3) && {owner: {kind: 'ReplicaSet', name: app}}),
    spec: {...spec, containers},
  });
}

function tolerates(key: string) {
  return {key, operator: 'Exists', value: '', effect: '', tolerationSeconds: undefined};
}

function port(hostPort: number) {
  return {name: undefined, containerPort: 80, protocol: 'TCP', hostPort, hostIP: ''};
}

function affinity(random: RandomStream): PodAffinity {
  const term = {
    topologyKey: random.choice([hostname, zone]),
    labelSelector: equalitySelector(labelsOf({app: random.choice(apps)})),
    namespaces: [],
    namespaceSelector: undefined,
  };
  return random.uniform() < 0.5
    ? {required: [term], preferred: []}
    : {required: [], preferred: [{weight: random.integer(1, 100), term}]};
}

function spread(random: RandomStream, app: string) {
  return {
    maxSkew: random.integer(1, 3),
    topologyKey: random.choice([hostname, zone]),
    whenUnsatisfiable: random.choice(['DoNotSchedule', 'ScheduleAnyway'] as const),
    labelSelector: equalitySelector(labelsOf({app})),
    minDomains: 1,
    nodeAffinityPolicy: 'Honor',
    nodeTaintsPolicy: random.choice(['Honor', 'Ignore'] as const),
    matchLabelKeys: [],
  } as const;
}

const prefersSsd = {
  required: undefined,
  preferred: [
    {
      weight: 10,
      term: {
        expressions: [{key: 'disk', operator: 'In' as const, values: ['ssd']}],
        fields: [],
      },
    },
  ],
};
