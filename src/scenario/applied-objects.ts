// From what a manifest says to what the API is asked to hold: the same at time zero and for an
// `apply` of the timeline.

import type {ManifestObject} from '../manifests/manifest.ts';
import type {AppliedObject} from '../objects/applied-object.ts';
import type {Labels} from '../objects/labels.ts';

/** `undefined` for kinds that change nothing yet, and for nodes, which are machines first. */
export function appliedObject({name, value}: ManifestObject): AppliedObject | undefined {
  switch (value.type) {
    case 'priority-class':
      return {type: 'object', object: {kind: 'priority-class', value: value.priorityClass}};
    case 'service':
      return {type: 'object', object: {kind: 'service', value: value.service}};
    case 'endpoints':
      return {type: 'object', object: {kind: 'endpoints', value: value.endpoints}};
    case 'endpoint-slice':
      return {type: 'object', object: {kind: 'endpoint-slice', value: value.slice}};
    case 'ingress':
      return {type: 'object', object: {kind: 'ingress', value: value.ingress}};
    case 'ingress-class':
      return {type: 'object', object: {kind: 'ingress-class', value: value.ingressClass}};
    case 'namespace':
      return {
        type: 'object',
        object: {kind: 'namespace', value: namespaceObject(name, value.labels)},
      };
    case 'resource-quota':
      return {type: 'object', object: {kind: 'quota', value: value.quota}};
    case 'limit-range':
      return {type: 'object', object: {kind: 'limit-range', value: value.range}};
    case 'pod-disruption-budget':
      return {type: 'object', object: {kind: 'budget', value: value.budget}};
    case 'config':
      return {type: 'object', object: {kind: 'config', value: value.config}};
    case 'workload': {
      const {wish, owner, object} = value.workload;
      const {replicas} = (object.spec ?? {}) as {replicas?: unknown};
      return {type: 'workload', wish, owner, saysReplicas: replicas !== undefined};
    }
    case 'pod':
      return {
        type: 'pod',
        namespace: value.template.namespace,
        name,
        template: value.template,
      };
    default:
      return undefined;
  }
}

/** As NamespaceDefaultLabelName: every namespace is labelled with its own name. */
export function namespaceObject(name: string, labels: Labels) {
  const all = new Map([...labels, ['kubernetes.io/metadata.name', name] as const]);
  return {name, labels: all, terminating: false};
}
