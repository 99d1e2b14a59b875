// What a pod asks of a node, as kube-scheduler's PodRequests
// (component-helpers/resource/helpers.go): its containers together, or the largest init container,
// then pod-level requests, then overhead.

import type {Container, PodSpec} from './pod-spec.ts';
import type {ResourceList, Resources} from './resources.ts';
import {toResources} from './resources.ts';

export type RequestOptions = {
  readonly excludeOverhead?: boolean;
  /** As with feature gate PodLevelResources off: `spec.resources` counts for nothing. */
  readonly skipPodLevelResources?: boolean;
  /** What a container counts for that does not name the resource; an explicit zero is a name. */
  readonly nonMissing?: ResourceList;
};

const defaultCpuMillicores = 100;
const defaultMemoryBytes = 200 * 1024 * 1024;

/** What the resource scorers count for a container that names no cpu or no memory. */
export const nonMissingDefaults: ResourceList = new Map([
  ['cpu', defaultCpuMillicores],
  ['memory', defaultMemoryBytes],
]);

export function effectiveRequests(spec: PodSpec, options: RequestOptions = {}): Resources {
  return toResources(requestList(spec, options));
}

/**
 * Requests as the scorers count them on a node. Pod-level requests leave the defaults only to
 * resources that neither the pod nor any container names (as PodInfo's
 * getNonMissingContainerRequests).
 */
export function nonZeroRequests(
  spec: PodSpec,
  options: Pick<RequestOptions, 'skipPodLevelResources'> = {},
): {readonly cpuMillicores: number; readonly memoryBytes: number} {
  const podLevel = options.skipPodLevelResources !== true && podLevelRequests(spec).length > 0;
  const named = podLevel ? requestList(spec, options) : undefined;
  const nonMissing = new Map([...nonMissingDefaults].filter(([name]) => !named?.has(name)));
  const requests = requestList(spec, {...options, nonMissing});
  return {cpuMillicores: requests.get('cpu') ?? 0, memoryBytes: requests.get('memory') ?? 0};
}

function requestList(spec: PodSpec, options: RequestOptions): Map<string, number> {
  const total = containerRequests(spec, options.nonMissing);
  if (options.skipPodLevelResources !== true) {
    for (const [name, amount] of podLevelRequests(spec)) total.set(name, amount);
  }
  if (options.excludeOverhead !== true) addTo(total, spec.overhead);
  return total;
}

// Sidecars run beside the containers and beside every init container declared after them.
function containerRequests(
  {containers, initContainers}: PodSpec,
  nonMissing: ResourceList | undefined,
): Map<string, number> {
  const running = new Map<string, number>();
  const sidecars = new Map<string, number>();
  const starting = new Map<string, number>();
  for (const container of containers) addTo(running, requestsOf(container, nonMissing));
  for (const container of initContainers) {
    const requests = requestsOf(container, nonMissing);
    if (container.sidecar) {
      addTo(running, requests);
      addTo(sidecars, requests);
      raiseTo(starting, sidecars);
    } else {
      const peak = new Map(sidecars);
      addTo(peak, requests);
      raiseTo(starting, peak);
    }
  }
  raiseTo(running, starting);
  return running;
}

function requestsOf({requests}: Container, nonMissing: ResourceList | undefined): ResourceList {
  if (nonMissing === undefined) return requests;
  return new Map([...nonMissing, ...requests]);
}

// As IsSupportedPodLevelResource: nothing else is honoured for the pod as a whole.
function podLevelRequests({podRequests}: PodSpec): [string, number][] {
  if (podRequests === undefined) return [];
  return [...podRequests].filter(
    ([name]) => name === 'cpu' || name === 'memory' || name.startsWith('hugepages-'),
  );
}

function addTo(total: Map<string, number>, amounts: ResourceList): void {
  for (const [name, amount] of amounts) total.set(name, (total.get(name) ?? 0) + amount);
}

function raiseTo(total: Map<string, number>, amounts: ResourceList): void {
  for (const [name, amount] of amounts) total.set(name, Math.max(total.get(name) ?? 0, amount));
}
