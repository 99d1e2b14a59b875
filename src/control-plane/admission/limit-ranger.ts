// Gives containers the requests and limits that they do not name, and turns away what is too small
// or too large (plugin/pkg/admission/limitranger). Pods that are there already stay as they are.

import {effectiveRequests} from '../../objects/effective-requests.ts';
import type {Container, PodSpec, PodTemplate} from '../../objects/pod-spec.ts';
import type {LimitRangeItem} from '../../objects/quota.ts';
import type {ResourceList, Resources} from '../../objects/resources.ts';
import type {Store} from '../../objects/store.ts';
import type {AdmissionPlugin} from './plugin.ts';

export function limitRanger({limitRanges}: Store): AdmissionPlugin {
  return {
    name: 'LimitRanger',
    revision: () => limitRanges.log.end,
    review: pod => {
      const ranges = [...limitRanges.all()].filter(
        ([, {namespace}]) => namespace === pod.template.namespace,
      );
      if (ranges.length === 0) return pod;
      const items = ranges.flatMap(([, {limits}]) => limits);
      const template = withDefaults(pod.template, items);
      const refused = items.flatMap(item => complaints(item, template.spec));
      return refused.length > 0 ? {refused: refused.join(', ')} : {...pod, template};
    },
  };
}

function withDefaults(template: PodTemplate, items: readonly LimitRangeItem[]): PodTemplate {
  const filled = (container: Container): Container => {
    let {requests, limits} = container;
    for (const item of items) {
      if (item.type !== 'Container') continue;
      requests = new Map([...item.requests, ...requests]);
      limits = new Map([...item.limits, ...limits]);
    }
    return {...container, requests, limits};
  };
  const {spec} = template;
  const initContainers = spec.initContainers.map(filled);
  return {...template, spec: {...spec, initContainers, containers: spec.containers.map(filled)}};
}

function complaints(item: LimitRangeItem, spec: PodSpec): string[] {
  if (item.type === 'Pod') return measure(item, podAmounts(spec));
  return [...spec.initContainers, ...spec.containers].flatMap(each => measure(item, each));
}

type Amounts = {readonly requests: ResourceList; readonly limits: ResourceList};

function measure({type, min, max, ratio}: LimitRangeItem, {requests, limits}: Amounts): string[] {
  const found: string[] = [];
  for (const [name, least] of min) {
    const observed = [requests.get(name), limits.get(name)];
    if (observed[0] === undefined)
      found.push(`minimum ${name} usage per ${type} is ${least}. No request is specified`);
    const few = observed.find(amount => amount !== undefined && amount < least);
    if (few !== undefined)
      found.push(`minimum ${name} usage per ${type} is ${least}, but got ${few}`);
  }
  for (const [name, most] of max) {
    const observed = [limits.get(name), requests.get(name)];
    if (observed[0] === undefined)
      found.push(`maximum ${name} usage per ${type} is ${most}. No limit is specified`);
    const much = observed.find(amount => amount !== undefined && amount > most);
    if (much !== undefined)
      found.push(`maximum ${name} usage per ${type} is ${most}, but got ${much}`);
  }
  for (const [name, most] of ratio) {
    const share = (limits.get(name) ?? 0) / (requests.get(name) ?? 0);
    if (!(share <= most)) found.push(`${name} max limit to request ratio per ${type} is ${most}`);
  }
  return found;
}

function podAmounts(spec: PodSpec): Amounts {
  const ofLimits = (each: Container): Container => ({...each, requests: each.limits});
  const limited: PodSpec = {
    ...spec,
    podRequests: undefined,
    initContainers: spec.initContainers.map(ofLimits),
    containers: spec.containers.map(ofLimits),
  };
  return {requests: named(effectiveRequests(spec)), limits: named(effectiveRequests(limited))};
}

/** What no container names is not named. */
function named({cpuMillicores, memoryBytes}: Resources): ResourceList {
  const amounts: [string, number][] = [
    ['cpu', cpuMillicores],
    ['memory', memoryBytes],
  ];
  return new Map(amounts.filter(([, amount]) => amount > 0));
}
