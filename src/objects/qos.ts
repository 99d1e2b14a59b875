// The quality-of-service class of a pod, which decides who goes first when a node's memory runs
// out. As ComputePodQOS in pkg/apis/core/v1/helper/qos. Simplified: with pod-level requests a pod
// is Burstable.

import type {Container, PodSpec} from './pod-spec.ts';

export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

const resources = ['cpu', 'memory'] as const;

export function qosClass({podRequests, containers, initContainers}: PodSpec): QosClass {
  if (podRequests?.get('cpu') || podRequests?.get('memory')) return 'Burstable';
  const all = [...initContainers, ...containers];
  if (!all.some(asksForSomething)) return 'BestEffort';
  return all.every(hasAllItMayUse) ? 'Guaranteed' : 'Burstable';
}

function asksForSomething({requests, limits}: Container): boolean {
  return resources.some(name => (requests.get(name) ?? 0) > 0 || (limits.get(name) ?? 0) > 0);
}

function hasAllItMayUse({requests, limits}: Container): boolean {
  return resources.every(name => {
    const limit = limits.get(name) ?? 0;
    return limit > 0 && requests.get(name) === limit;
  });
}
