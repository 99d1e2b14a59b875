// A pod needs room for what it requests; among nodes with room, the strategy says whether to
// spread, to pack, or to follow a shape (kube-scheduler's NodeResourcesFit).

import {effectiveRequests, nonMissingDefaults} from '../../objects/effective-requests.ts';
import type {PodSpec} from '../../objects/pod-spec.ts';
import type {Resources} from '../../objects/resources.ts';
import type {NodeInfo} from '../cache/node-info.ts';
import type {PodShape} from '../cache/pod-shape.ts';
import type {Rejection} from '../framework.ts';
import {definePlugin} from '../framework.ts';
import type {NodeResourcesFitArgs} from './node-resources-fit-args.ts';
import {nodeResourcesFitArgs} from './node-resources-fit-args.ts';
import {ResourceDemand} from './resource-fit.ts';
import {fitHints} from './resource-fit-hints.ts';
import {ResourceShares} from './resource-shares.ts';
import type {ScoringStrategy} from './scoring-strategies.ts';
import {leastAllocated, mostAllocated, requestedToCapacityRatio} from './scoring-strategies.ts';
import {wholeShare} from './whole-share.ts';

const noSidecars: Rejection = {
  code: 'unresolvable',
  reasons: ['Pod has a restartable init container and the SidecarContainers feature is disabled'],
};

export const nodeResourcesFit = definePlugin({
  name: 'NodeResourcesFit',
  options: nodeResourcesFitArgs,

  create(handle, options) {
    const rules = {ignores: ignoredBy(options), kubernetes: handle.kubernetes};
    const takesSidecars = handle.featureGates?.get('SidecarContainers') !== false;
    const demands = new WeakMap<PodShape, ResourceDemand>();
    let demand: ResourceDemand | undefined;

    function demandOf(shape: PodShape): ResourceDemand {
      if (demand?.shape === shape) return demand;
      demand = demands.get(shape) ?? new ResourceDemand(shape, rules);
      demands.set(shape, demand);
      return demand;
    }

    return {
      reads: {filter: 'node', score: 'node'},

      filter({shape}, node) {
        if (!takesSidecars && hasSidecar(shape)) return noSidecars;
        return demandOf(shape).check(node);
      },

      score: scoreBy(options, scoredRequests(handle.kubernetes < 34)),

      requeueOn: fitHints(demandOf),
    };
  },
});

type Score = (pod: {readonly shape: PodShape}, node: NodeInfo) => number;

type WantedBy = (shape: PodShape) => Resources;

function scoreBy(options: NodeResourcesFitArgs, wantedBy: WantedBy): Score {
  const {type, resources, requestedToCapacityRatio: ratio} = options.scoringStrategy;
  const isDefault =
    type === 'LeastAllocated' &&
    resources.length === 2 &&
    resources.every(({name, weight}) => weight === 1 && (name === 'cpu' || name === 'memory'));
  if (isDefault) return defaultScore(wantedBy);
  const strategies: Record<typeof type, ScoringStrategy> = {
    LeastAllocated: leastAllocated,
    MostAllocated: mostAllocated,
    RequestedToCapacityRatio: requestedToCapacityRatio(ratio?.shape ?? []),
  };
  const strategy = strategies[type];
  const shares = new ResourceShares(resources, {nonZero: true});
  let prepared: PodShape | undefined;
  return ({shape}, node) => {
    if (shape !== prepared) {
      prepared = shape;
      shares.want(wantedBy(shape));
    }
    shares.fill(node);
    return strategy(shares);
  };
}

/** LeastAllocated over cpu and memory alike, as `leastAllocated` but without its loop. */
function defaultScore(wantedBy: WantedBy): Score {
  let prepared: PodShape | undefined;
  let cpuWanted = 0;
  let memoryWanted = 0;
  return ({shape}, node) => {
    if (shape !== prepared) {
      const wanted = wantedBy(shape);
      prepared = shape;
      cpuWanted = wanted.cpuMillicores;
      memoryWanted = wanted.memoryBytes;
    }
    const cpu = node.allocatableCpuMillicores;
    const memory = node.allocatableMemoryBytes;
    const cpuFree = cpu - node.nonZeroCpuMillicores - cpuWanted;
    const memoryFree = memory - node.nonZeroMemoryBytes - memoryWanted;
    const cpuScore = cpuFree > 0 ? wholeShare(cpuFree, cpu) : 0;
    const memoryScore = memoryFree > 0 ? wholeShare(memoryFree, memory) : 0;
    // A resource that the node has none of is left out of the mean, and its score is 0.
    return cpu === 0 || memory === 0 ? cpuScore + memoryScore : (cpuScore + memoryScore) >> 1;
  };
}

// As calculatePodResourceRequest: for the incoming pod each container without cpu or memory counts
// the default, and only then pod-level requests replace the sum.
function scoredRequests(skipPodLevelResources: boolean): WantedBy {
  const known = new WeakMap<PodSpec, Resources>();
  return ({template: {spec}}) => {
    let requests = known.get(spec);
    if (requests === undefined) {
      requests = effectiveRequests(spec, {skipPodLevelResources, nonMissing: nonMissingDefaults});
      known.set(spec, requests);
    }
    return requests;
  };
}

// Only extended resources can be ignored; Kubernetes' own names always count.
function ignoredBy({ignoredResources, ignoredResourceGroups}: NodeResourcesFitArgs) {
  const names = new Set(ignoredResources);
  const groups = new Set(ignoredResourceGroups);
  return (resource: string): boolean => {
    const isExtended = resource.includes('/') && !resource.includes('kubernetes.io/');
    return isExtended && (names.has(resource) || groups.has(resource.split('/')[0]));
  };
}

function hasSidecar({template}: PodShape): boolean {
  return template.spec.initContainers.some(({sidecar}) => sidecar);
}
