// The kinds that have a record of their own. To add one: a file that reads it, and a line here.

import {readConfigMap, readSecret} from './config.ts';
import {readEndpointSlice, readEndpoints} from './endpoints.ts';
import type {Field} from './field.ts';
import {readIngress, readIngressClass} from './ingress.ts';
import {readLimitRange} from './limit-range.ts';
import type {ManifestValue, RawObject, WorkloadKind} from './manifest.ts';
import type {Metadata} from './metadata.ts';
import type {NameRule} from './names.ts';
import {readNode} from './node.ts';
import {readPodTemplate} from './pod.ts';
import {readPodDisruptionBudget} from './pod-disruption-budget.ts';
import {readPriorityClass} from './priority-class.ts';
import {readResourceQuota} from './resource-quota.ts';
import {readService} from './service.ts';
import {readWorkload} from './workload.ts';

export type KindReader = {
  /** What its names must look like. */
  readonly names: NameRule;
  readonly namespaced: boolean;
  readonly read: (object: Field, metadata: Metadata) => ManifestValue;
};

const workloads: readonly WorkloadKind[] = [
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
];

/** The kinds that make pods. */
export const workloadKinds: ReadonlySet<string> = new Set(workloads);

const workload = (kind: WorkloadKind): [string, KindReader] => [
  kind,
  {
    names: 'subdomain',
    namespaced: true,
    read: (object, metadata) => ({
      type: 'workload',
      workload: readWorkload(object, metadata, kind),
    }),
  },
];

const kindReaders: ReadonlyMap<string, KindReader> = new Map<string, KindReader>([
  [
    'Pod',
    {
      names: 'subdomain',
      namespaced: true,
      read: (object, {namespace = 'default'}) => ({
        type: 'pod',
        template: readPodTemplate(object, {namespace}),
      }),
    },
  ],
  [
    'Node',
    {
      names: 'subdomain',
      namespaced: false,
      read: (object, metadata) => ({type: 'node', node: readNode(object, metadata)}),
    },
  ],
  [
    'Namespace',
    {
      names: 'label',
      namespaced: false,
      read: (_object, {labels}) => ({type: 'namespace', labels}),
    },
  ],
  [
    'ConfigMap',
    {
      names: 'subdomain',
      namespaced: true,
      read: (object, metadata) => ({type: 'config', config: readConfigMap(object, metadata)}),
    },
  ],
  [
    'Secret',
    {
      names: 'subdomain',
      namespaced: true,
      read: (object, metadata) => ({type: 'config', config: readSecret(object, metadata)}),
    },
  ],
  [
    'Service',
    {
      names: 'label',
      namespaced: true,
      read: (object, metadata) => ({type: 'service', service: readService(object, metadata)}),
    },
  ],
  [
    'Endpoints',
    {
      names: 'subdomain',
      namespaced: true,
      read: (object, metadata) => ({type: 'endpoints', endpoints: readEndpoints(object, metadata)}),
    },
  ],
  [
    'EndpointSlice',
    {
      names: 'subdomain',
      namespaced: true,
      read: (object, metadata) => ({
        type: 'endpoint-slice',
        slice: readEndpointSlice(object, metadata),
      }),
    },
  ],
  [
    'Ingress',
    {
      names: 'subdomain',
      namespaced: true,
      read: (object, metadata) => ({type: 'ingress', ingress: readIngress(object, metadata)}),
    },
  ],
  [
    'IngressClass',
    {
      names: 'subdomain',
      namespaced: false,
      read: (object, metadata) => ({
        type: 'ingress-class',
        ingressClass: readIngressClass(object, metadata),
      }),
    },
  ],
  [
    'PriorityClass',
    {
      names: 'subdomain',
      namespaced: false,
      read: (object, metadata) => ({
        type: 'priority-class',
        priorityClass: readPriorityClass(object, metadata),
      }),
    },
  ],
  [
    'PodDisruptionBudget',
    {
      names: 'subdomain',
      namespaced: true,
      read: (object, metadata) => ({
        type: 'pod-disruption-budget',
        budget: readPodDisruptionBudget(object, metadata),
      }),
    },
  ],
  [
    'ResourceQuota',
    {
      names: 'subdomain',
      namespaced: true,
      read: (object, metadata) => ({
        type: 'resource-quota',
        quota: readResourceQuota(object, metadata),
      }),
    },
  ],
  [
    'LimitRange',
    {
      names: 'subdomain',
      namespaced: true,
      read: (object, metadata) => ({type: 'limit-range', range: readLimitRange(object, metadata)}),
    },
  ],
  ...workloads.map(workload),
]);

export function readerOf(kind: string): KindReader {
  return kindReaders.get(kind) ?? (clusterKinds.has(kind) ? clusterOther : namespacedOther);
}

const readOther = (object: Field): ManifestValue => ({
  type: 'other',
  object: object.value as RawObject,
});

const namespacedOther: KindReader = {names: 'path', namespaced: true, read: readOther};
const clusterOther: KindReader = {names: 'path', namespaced: false, read: readOther};

/** Built-in kinds that belong to no namespace, apart from those above. */
const clusterKinds: ReadonlySet<string> = new Set([
  'APIService',
  'CSIDriver',
  'CSINode',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'ClusterTrustBundle',
  'ComponentStatus',
  'CustomResourceDefinition',
  'DeviceClass',
  'DeviceTaintRule',
  'FlowSchema',
  'IPAddress',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'PersistentVolume',
  'PriorityLevelConfiguration',
  'ResourceSlice',
  'RuntimeClass',
  'ServiceCIDR',
  'StorageClass',
  'StorageVersionMigration',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
  'VolumeAttributesClass',
]);
