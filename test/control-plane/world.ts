// A cluster's objects behind an API that never fails, and a plain pod, for tests.

import {Api} from '../../src/control-plane/api.ts';
import {Simulation} from '../../src/engine/simulation.ts';
import {milliseconds, seconds} from '../../src/engine/time.ts';
import type {ApiReplies, ClientLimits, PodWish} from '../../src/objects/api-client.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import {noLabels} from '../../src/objects/labels.ts';
import {healthy} from '../../src/objects/node-spec.ts';
import type {PodSpec, PodTemplate} from '../../src/objects/pod-spec.ts';
import {Store} from '../../src/objects/store.ts';
import {plainLife} from '../support/plain-life.ts';

export const write = milliseconds(5);
const unlimited: ClientLimits = {qps: undefined, burst: 1};
export const node0 = 0 as NodeId;

export function apiWorld({seed = 1} = {}) {
  const simulation = new Simulation({seed});
  const store = new Store(simulation);
  const api = new Api({simulation, store, write});
  for (const name of ['node-0', 'node-1']) {
    store.nodes.add(
      {
        name,
        labels: noLabels,
        annotations: noLabels,
        taints: [],
        unschedulable: false,
        allocatable: new Map(),
        images: [],
        conditions: healthy,
      },
      0,
    );
  }
  const connect = (replies: ApiReplies = {}, limits = unlimited, name = 'tester') =>
    api.connect({name, limits, replies});
  return {simulation, store, api, connect};
}

export function podTemplate(spec: Partial<PodSpec> = {}): PodTemplate {
  return {
    namespace: 'default',
    labels: noLabels,
    annotations: noLabels,
    owner: undefined,
    spec: {
      schedulerName: 'default-scheduler',
      nodeName: undefined,
      nodeSelector: noLabels,
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
      terminationGracePeriod: seconds(30),
      overhead: new Map(),
      podRequests: undefined,
      initContainers: [],
      containers: [
        {
          name: 'main',
          image: 'pause',
          requests: new Map(),
          limits: new Map(),
          ports: [],
          sidecar: false,
          ...plainLife,
        },
      ],
      imageVolumes: [],
      volumeReferences: [],
      ...spec,
    },
  };
}

export function wish(name: string, template = podTemplate(), rest: Partial<PodWish> = {}): PodWish {
  return {name, template, lifetime: undefined, ordinal: 0, ...rest};
}

/** Every signal that the API server gives, as `created pod-0`. */
export function heardFrom(store: Store): string[] {
  const heard: string[] = [];
  const {signals, pods} = store;
  signals.created.watch(pod => heard.push(`created ${pods.name(pod)}`));
  signals.started.watch(pod => heard.push(`started ${pods.name(pod)}`));
  signals.ready.watch(pod => heard.push(`ready ${pods.name(pod)}`));
  signals.terminating.watch(pod => heard.push(`terminating ${pods.name(pod)}`));
  signals.ended.watch((pod, outcome, reason) =>
    heard.push(`ended ${pods.name(pod)} ${outcome} ${reason}`),
  );
  signals.deleted.watch(pod => heard.push(`deleted ${pods.name(pod)}`));
  return heard;
}
