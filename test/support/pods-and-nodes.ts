// Templates and nodes for tests: everything irrelevant has its default.

import type {Labels} from '../../src/objects/labels.ts';
import {healthy, type NodeObject} from '../../src/objects/node-spec.ts';
import type {Container, PodSpec, PodTemplate} from '../../src/objects/pod-spec.ts';
import {noResourceList, type ResourceList} from '../../src/objects/resources.ts';
import {plainLife} from './plain-life.ts';

const gibibyte = 2 ** 30;

export function labelsOf(pairs: Readonly<Record<string, string>> = {}): Labels {
  return new Map(Object.entries(pairs));
}

export type PodWishes = {
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly owner?: PodTemplate['owner'];
  readonly cpuMillicores?: number;
  readonly memoryBytes?: number;
  readonly spec?: Partial<PodSpec>;
};

export function templateWith(wishes: PodWishes = {}): PodTemplate {
  const {namespace = 'default', labels, owner, spec = {}} = wishes;
  return {
    namespace,
    labels: labelsOf(labels),
    annotations: labelsOf(),
    owner,
    spec: {...plainSpec, containers: [containerWith(requestsOf(wishes))], ...spec},
  };
}

function requestsOf({cpuMillicores, memoryBytes}: PodWishes): ResourceList {
  const requests = new Map<string, number>();
  if (cpuMillicores !== undefined) requests.set('cpu', cpuMillicores);
  if (memoryBytes !== undefined) requests.set('memory', memoryBytes);
  return requests;
}

export function containerWith(requests: ResourceList, more: Partial<Container> = {}): Container {
  return {
    name: 'main',
    image: 'registry.example/app:1',
    requests,
    limits: noResourceList,
    ports: [],
    sidecar: false,
    ...plainLife,
    ...more,
  };
}

const plainSpec: PodSpec = {
  schedulerName: 'default-scheduler',
  nodeName: undefined,
  nodeSelector: labelsOf(),
  nodeAffinity: undefined,
  podAffinity: undefined,
  podAntiAffinity: undefined,
  tolerations: [],
  topologySpreadConstraints: [],
  priorityClassName: undefined,
  priority: undefined,
  preemptionPolicy: undefined,
  schedulingGates: [],
  hostNetwork: false,
  dns: undefined,
  restartPolicy: 'Always',
  terminationGracePeriod: 30_000_000,
  overhead: noResourceList,
  podRequests: undefined,
  initContainers: [],
  containers: [],
  imageVolumes: [],
  volumeReferences: [],
};

export type NodeWishes = Partial<Omit<NodeObject, 'labels' | 'name'>> & {
  readonly labels?: Readonly<Record<string, string>>;
  readonly cpuMillicores?: number;
  readonly memoryBytes?: number;
  readonly pods?: number;
};

/** 4 CPU, 16 GiB, 110 pods unless wished otherwise; labelled with its hostname. */
export function nodeWith(name: string, wishes: NodeWishes = {}): NodeObject {
  const {labels, cpuMillicores = 4000, memoryBytes = 16 * gibibyte, pods = 110, ...rest} = wishes;
  return {
    name,
    labels: labelsOf({'kubernetes.io/hostname': name, ...labels}),
    annotations: labelsOf(),
    taints: [],
    unschedulable: false,
    allocatable: new Map([
      ['cpu', cpuMillicores],
      ['memory', memoryBytes],
      ['pods', pods],
    ]),
    images: [],
    conditions: healthy,
    ...rest,
  };
}
