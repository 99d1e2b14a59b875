// Requests, limits, overhead and allocatable: maps from resource name to quantity.

import {noResourceList, type ResourceList} from '../objects/resources.ts';
import {readQuantity} from '../options/quantity.ts';
import {show} from '../options/show.ts';
import type {Field} from './field.ts';
import {isQualifiedName} from './names.ts';

/** Whose resources: a container may ask for fewer names than a node offers. */
export type ResourceOwner = 'container' | 'pod' | 'node';

export function readResourceList(field: Field, owner: ResourceOwner): ResourceList {
  const list = new Map<string, number>();
  for (const entry of field.entries()) {
    const name = String(entry.key);
    const amount = readAmount(entry, name);
    checkResourceName(entry, name, owner);
    if (amount !== undefined) list.set(name, amount);
  }
  return list.size === 0 ? noResourceList : list;
}

function readAmount(entry: Field, name: string): number | undefined {
  if (!entry.present) return 0;
  const amount = readQuantity(entry.value, name === 'cpu' ? 'milli' : 'one');
  // A text that is no quantity was reported by the check of the field's type.
  if (typeof amount === 'string') return undefined;
  if (amount < 0) entry.error(`expected a quantity of at least 0, got ${show(entry.value)}`);
  else if (isWholeOnly(name) && !isWhole(entry.value)) {
    entry.error(`expected a whole number of ${name}, got ${show(entry.value)}`);
  }
  return amount;
}

/** As IsIntegerResourceName: quotas, extended resources and hugepages cannot be split. */
function isWholeOnly(name: string): boolean {
  return isExtendedResource(name) || name.startsWith('hugepages-');
}

function isWhole(value: unknown): boolean {
  const milli = readQuantity(value, 'milli');
  return typeof milli === 'string' || milli % 1000 === 0;
}

/** As IsExtendedResourceName: a domain that is not Kubernetes' own. */
function isExtendedResource(name: string): boolean {
  return name.includes('/') && !name.startsWith('requests.') && !isNative(name);
}

function isNative(name: string): boolean {
  return name.slice(0, name.indexOf('/')).endsWith('kubernetes.io');
}

const podLevel = new Set(['cpu', 'memory']);
const standard = new Set(['cpu', 'memory', 'ephemeral-storage']);

function checkResourceName(entry: Field, name: string, owner: ResourceOwner): void {
  if (!isQualifiedName(name)) {
    entry.keyError(`expected a resource such as cpu or example.com/gpu, got ${show(name)}`);
    return;
  }
  if (name.startsWith('hugepages-') || owner === 'node') return;
  if (owner === 'pod' ? podLevel.has(name) : standard.has(name) || name.includes('/')) return;
  const known = [...(owner === 'pod' ? podLevel : standard)].join(', ');
  const others =
    owner === 'pod' ? 'hugepages-*' : 'hugepages-*, or one with a domain as example.com/gpu';
  entry.keyError(`no resource ${show(name)} for a ${owner}; known: ${known}, ${others}`);
}

/** Requests after the API server's default: a limit without a request is also the request. */
export function readRequestsAndLimits(
  resources: Field,
  owner: 'container' | 'pod',
): {requests: ResourceList; limits: ResourceList} {
  const limits = readResourceList(resources.get('limits'), owner);
  const written = readResourceList(resources.get('requests'), owner);
  const requests = withLimits(written, limits);
  for (const [name, amount] of written) {
    const limit = limits.get(name);
    const field = resources.get('requests').get(name);
    if (limit !== undefined && amount > limit) {
      field.error(
        `expected at most the limit, ${show(resources.get('limits').get(name).value)}, got ${show(field.value)}`,
      );
    } else if (isWholeOnly(name) && amount !== limit) {
      field.error(`expected a limit equal to the request of ${name}, got ${limit ?? 'none'}`);
    }
  }
  checkHugepages(resources, requests);
  return {requests, limits};
}

function withLimits(requests: ResourceList, limits: ResourceList): ResourceList {
  let all: Map<string, number> | undefined;
  for (const [name, limit] of limits) {
    if (requests.has(name)) continue;
    all ??= new Map(requests);
    all.set(name, limit);
  }
  return all ?? requests;
}

function checkHugepages(resources: Field, requests: ResourceList): void {
  const huge = [...requests.keys()].find(name => name.startsWith('hugepages-'));
  if (huge === undefined || requests.has('cpu') || requests.has('memory')) return;
  resources.error(`${huge} needs a request of cpu or memory beside it`);
}
