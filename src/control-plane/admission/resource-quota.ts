// Turns away what a namespace may not have, and charges what it lets in (apiserver's
// admission/plugin/resourcequota). What goes is given back by the quota controller.

import type {Time} from '../../engine/time.ts';
import type {PodTemplate} from '../../objects/pod-spec.ts';
import type {QuotaObject} from '../../objects/quota.ts';
import {add, isInScope, onceEach, usageOfPod} from '../../objects/quota-usage.ts';
import type {ResourceList} from '../../objects/resources.ts';
import type {Store} from '../../objects/store.ts';
import type {AdmissionPlugin} from './plugin.ts';

export function resourceQuota({quotas}: Store, clock: {readonly now: Time}): AdmissionPlugin {
  return {
    name: 'ResourceQuota',
    allow: ({template}) => {
      if (quotas.length === 0) return undefined;
      const usage = new Map([...usageOfPod(template), ['count/pods', 1]] as const);
      const concerned = [...quotas.all()].filter(
        ([, quota]) => quota.namespace === template.namespace && isInScope(quota, template),
      );
      for (const [, quota] of concerned) {
        const refused = unnamed(quota, template) ?? exceeded(quota, usage);
        if (refused !== undefined) return {refused};
      }
      for (const [id] of concerned) charge(quotas, id, {usage, now: clock.now});
      return undefined;
    },
  };
}

/** Of another object than a pod: charged if it fits, by the names that count it. */
export function chargeObject(
  {quotas}: Store,
  {namespace, names, now}: {namespace: string; names: readonly string[]; now: Time},
): boolean {
  if (quotas.length === 0) return true;
  const usage = onceEach(names);
  const concerned = [...quotas.all()].filter(
    ([, {namespace: of, hard}]) => of === namespace && names.some(name => hard.has(name)),
  );
  if (concerned.some(([, quota]) => exceeded(quota, usage) !== undefined)) return false;
  for (const [id] of concerned) charge(quotas, id, {usage, now});
  return true;
}

function charge(
  quotas: Store['quotas'],
  id: number,
  {usage, now}: {usage: ResourceList; now: Time},
): void {
  const quota = quotas.get(id);
  if (quota === undefined) return;
  const used = new Map(quota.used);
  add(used, usage);
  quotas.replace(id, {...quota, version: quota.version + 1, used}, now);
}

const compute = /^(?:(requests|limits)\.)?(cpu|memory)$/;

/** What is limited must be said by every container. */
function unnamed({name, hard}: QuotaObject, {spec}: PodTemplate): string | undefined {
  const missing: string[] = [];
  for (const resource of hard.keys()) {
    const [, side = 'requests', what] = compute.exec(resource) ?? [];
    if (what === undefined || (side === 'requests' && spec.podRequests?.has(what))) continue;
    const silent = [...spec.initContainers, ...spec.containers].filter(
      each => !(side === 'limits' ? each.limits : each.requests).has(what),
    );
    if (silent.length > 0) missing.push(`${resource} for: ${silent.map(each => each.name).join()}`);
  }
  if (missing.length === 0) return undefined;
  return `failed quota: ${name}: must specify ${missing.join('; ')}`;
}

function exceeded({name, hard, used}: QuotaObject, usage: ResourceList): string | undefined {
  const over = [...hard].filter(([resource, limit]) => {
    const more = usage.get(resource) ?? 0;
    return more > 0 && (used.get(resource) ?? 0) + more > limit;
  });
  if (over.length === 0) return undefined;
  const list = (amounts: ReadonlyMap<string, number>): string =>
    over.map(([resource]) => `${resource}=${amounts.get(resource) ?? 0}`).join();
  const sides = `requested: ${list(usage)}, used: ${list(used)}, limited: ${list(hard)}`;
  return `exceeded quota: ${name}, ${sides}`;
}
