// Any object as people name it to kubectl: `pod/web-0`, `pdb/shop`, `node/general-3`.

import type {ObjectKind} from '../objects/object-request.ts';
import {didYouMean} from '../options/nearest.ts';
import {show} from '../options/show.ts';
import {type Written, written} from '../options/written.ts';

export type ObjectTarget = {
  readonly word: string;
  /** As manifests name the kind. */
  readonly kind: string;
  readonly name: string;
  readonly as: 'workload' | 'pod' | 'node' | ObjectKind;
};

type Known = Pick<ObjectTarget, 'kind' | 'as'>;

const kinds: ReadonlyMap<string, Known> = new Map<string, Known>([
  ['deployment', {kind: 'Deployment', as: 'workload'}],
  ['replicaset', {kind: 'ReplicaSet', as: 'workload'}],
  ['replicationcontroller', {kind: 'ReplicationController', as: 'workload'}],
  ['statefulset', {kind: 'StatefulSet', as: 'workload'}],
  ['daemonset', {kind: 'DaemonSet', as: 'workload'}],
  ['job', {kind: 'Job', as: 'workload'}],
  ['cronjob', {kind: 'CronJob', as: 'workload'}],
  ['pod', {kind: 'Pod', as: 'pod'}],
  ['node', {kind: 'Node', as: 'node'}],
  ['service', {kind: 'Service', as: 'service'}],
  ['endpoints', {kind: 'Endpoints', as: 'endpoints'}],
  ['endpointslice', {kind: 'EndpointSlice', as: 'endpoint-slice'}],
  ['ingress', {kind: 'Ingress', as: 'ingress'}],
  ['ingressclass', {kind: 'IngressClass', as: 'ingress-class'}],
  ['configmap', {kind: 'ConfigMap', as: 'config'}],
  ['secret', {kind: 'Secret', as: 'config'}],
  ['poddisruptionbudget', {kind: 'PodDisruptionBudget', as: 'budget'}],
  ['resourcequota', {kind: 'ResourceQuota', as: 'quota'}],
  ['limitrange', {kind: 'LimitRange', as: 'limit-range'}],
  ['namespace', {kind: 'Namespace', as: 'namespace'}],
  ['priorityclass', {kind: 'PriorityClass', as: 'priority-class'}],
]);

const shortWords: ReadonlyMap<string, string> = new Map([
  ['deploy', 'deployment'],
  ['rs', 'replicaset'],
  ['rc', 'replicationcontroller'],
  ['sts', 'statefulset'],
  ['ds', 'daemonset'],
  ['cj', 'cronjob'],
  ['po', 'pod'],
  ['no', 'node'],
  ['svc', 'service'],
  ['ep', 'endpoints'],
  ['ing', 'ingress'],
  ['cm', 'configmap'],
  ['pdb', 'poddisruptionbudget'],
  ['quota', 'resourcequota'],
  ['limits', 'limitrange'],
  ['ns', 'namespace'],
  ['pc', 'priorityclass'],
]);

export function objectTarget(): Written<ObjectTarget, string> {
  const words = [...kinds.keys()];
  return written({
    parse: (input, fail) => {
      const [first = '', name, ...rest] = typeof input === 'string' ? input.split('/') : [];
      const word = shortWords.get(first.toLowerCase()) ?? first.toLowerCase();
      const known = kinds.get(word);
      if (known !== undefined && name && rest.length === 0) return {...known, word, name};
      const hint = didYouMean(first, words);
      return void fail(`expected KIND/NAME, as deployment/web, got ${show(input)}${hint}`);
    },
    schema: {title: 'object', type: 'string', examples: ['deployment/web', 'pdb/shop']},
  });
}

const ofTheCluster: ReadonlySet<string> = new Set([
  'node',
  'namespace',
  'priority-class',
  'ingress-class',
]);

/** Whether objects of the kind are in a namespace. */
export function isNamespaced({as}: ObjectTarget): boolean {
  return !ofTheCluster.has(as);
}

/** By which the API finds it; not for pods, which have no table of names. */
export function fullName(target: ObjectTarget, namespace: string): string {
  const {as, kind, name} = target;
  const inNamespace = isNamespaced(target) ? `${namespace}/${name}` : name;
  return as === 'workload' || as === 'config' ? `${kind}/${inNamespace}` : inNamespace;
}
