// What of a namespace counts towards a quota (pkg/quota/v1/evaluator/core/pods.go): pods that have
// not ended, and are not kept by a node that is gone.

import type {Time} from '../engine/time.ts';
import {effectiveRequests} from './effective-requests.ts';
import type {PodId} from './ids.ts';
import type {Container, PodSpec, PodTemplate} from './pod-spec.ts';
import type {NewQuota, QuotaScope} from './quota.ts';
import {countedIn} from './quota-counts.ts';
import type {ResourceList} from './resources.ts';
import type {Store} from './store.ts';

const known = new WeakMap<PodTemplate, ResourceList>();

/** By the names that quotas use. */
export function usageOfPod(template: PodTemplate): ResourceList {
  const before = known.get(template);
  if (before !== undefined) return before;
  const {spec} = template;
  const ofLimits = (each: Container): Container => ({...each, requests: each.limits});
  const limited: PodSpec = {
    ...spec,
    podRequests: undefined,
    initContainers: spec.initContainers.map(ofLimits),
    containers: spec.containers.map(ofLimits),
  };
  const usage = new Map([['pods', 1]]);
  const [requests, limits] = [effectiveRequests(spec), effectiveRequests(limited)];
  for (const prefix of ['', 'requests.']) {
    usage.set(`${prefix}cpu`, requests.cpuMillicores);
    usage.set(`${prefix}memory`, requests.memoryBytes);
    usage.set(`${prefix}ephemeral-storage`, requests.ephemeralStorageBytes);
  }
  usage.set('limits.cpu', limits.cpuMillicores);
  usage.set('limits.memory', limits.memoryBytes);
  usage.set('limits.ephemeral-storage', limits.ephemeralStorageBytes);
  for (const [name, amount] of requests.scalars ?? []) usage.set(`requests.${name}`, amount);
  known.set(template, usage);
  return usage;
}

export function isInScope({scopes}: Pick<NewQuota, 'scopes'>, {spec}: PodTemplate): boolean {
  return scopes.every(scope => matches(scope, spec));
}

function matches({name, operator, values}: QuotaScope, spec: PodSpec): boolean {
  switch (name) {
    case 'BestEffort':
      return isBestEffort(spec);
    case 'NotBestEffort':
      return !isBestEffort(spec);
    // No pod has a deadline of its own here.
    case 'Terminating':
      return false;
    case 'NotTerminating':
      return true;
    default: {
      const {priorityClassName = ''} = spec;
      if (operator === 'Exists') return priorityClassName !== '';
      if (operator === 'DoesNotExist') return priorityClassName === '';
      return values.includes(priorityClassName) === (operator === 'In');
    }
  }
}

function isBestEffort({containers, initContainers}: PodSpec): boolean {
  return [...containers, ...initContainers].every(
    ({requests, limits}) => isNothing(requests) && isNothing(limits),
  );
}

function isNothing(list: ResourceList): boolean {
  return !(list.get('cpu') || list.get('memory'));
}

/** Counted anew, and until when it stays so if no pod changes. */
export function countQuota(
  quota: NewQuota,
  store: Store,
  now: Time,
): {used: ResourceList; until: Time} {
  const used = new Map<string, number>();
  for (const name of quota.hard.keys()) used.set(name, 0);
  for (const names of countedIn(store, quota.namespace)) add(used, onceEach(names));
  const {pods} = store;
  let until = Infinity;
  for (const pod of pods.all()) {
    const template = pods.template(pod);
    if (template.namespace !== quota.namespace || !isInScope(quota, template)) continue;
    add(used, new Map([['count/pods', 1]]));
    const end = chargedUntil(pods, pod);
    if (end <= now) continue;
    until = Math.min(until, end);
    add(used, usageOfPod(template));
  }
  return {used, until};
}

function chargedUntil(pods: Store['pods'], pod: PodId): Time {
  const phase = pods.phase(pod);
  if (phase === 'Succeeded' || phase === 'Failed') return 0;
  const deadline = pods.deletionDeadline(pod);
  if (deadline === undefined) return Infinity;
  return deadline + pods.template(pod).spec.terminationGracePeriod;
}

export function onceEach(names: readonly string[]): ResourceList {
  return new Map(names.map(name => [name, 1]));
}

/** Of what is limited. */
export function add(used: Map<string, number>, usage: ResourceList): void {
  for (const [name, amount] of used) used.set(name, amount + (usage.get(name) ?? 0));
}
