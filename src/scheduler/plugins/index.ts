// The plugins of kube-scheduler's default profile that are modelled, in the order in which they run
// at every extension point (pkg/scheduler/apis/config/v1/default_plugins.go; the same from 1.31 to
// 1.36).

import type {PluginDefinition} from '../framework.ts';
import {defaultBinder} from './default-binder.ts';
import {defaultPreemption} from './default-preemption.ts';
import {gpuShare} from './gpu-share.ts';
import {imageLocality} from './image-locality.ts';
import {interPodAffinity} from './inter-pod-affinity.ts';
import {nodeAffinity} from './node-affinity.ts';
import {nodeName} from './node-name.ts';
import {nodePorts} from './node-ports.ts';
import {nodeResourcesBalancedAllocation} from './node-resources-balanced-allocation.ts';
import {nodeResourcesFit} from './node-resources-fit.ts';
import {nodeUnschedulable} from './node-unschedulable.ts';
import {podTopologySpread} from './pod-topology-spread.ts';
import {prioritySort} from './priority-sort.ts';
import {schedulingGates} from './scheduling-gates.ts';
import {strategies} from './strategies/index.ts';
import {taintToleration} from './taint-toleration.ts';

export type DefaultPlugin = {
  readonly plugin: PluginDefinition;
  /** Of its score; one that does not score has 1, as any plugin named without a weight. */
  readonly weight: number;
};

export const defaultPlugins: readonly DefaultPlugin[] = [
  {plugin: schedulingGates, weight: 1},
  {plugin: prioritySort, weight: 1},
  {plugin: nodeUnschedulable, weight: 1},
  {plugin: nodeName, weight: 1},
  {plugin: taintToleration, weight: 3},
  {plugin: nodeAffinity, weight: 2},
  {plugin: nodePorts, weight: 1},
  {plugin: nodeResourcesFit, weight: 1},
  // Orrery's own: says nothing to pods that ask for no devices.
  {plugin: gpuShare, weight: 1},
  {plugin: podTopologySpread, weight: 2},
  {plugin: interPodAffinity, weight: 2},
  {plugin: defaultPreemption, weight: 1},
  {plugin: nodeResourcesBalancedAllocation, weight: 1},
  {plugin: imageLocality, weight: 1},
  {plugin: defaultBinder, weight: 1},
];

/** Orrery's strategies: they run where a configuration names them. */
export const strategyPlugins: readonly PluginDefinition[] = [...strategies.values()].map(
  ({plugin}) => plugin,
);

/** Kubernetes' own plugins that are accepted in a configuration and do nothing here. */
export const unmodelledPlugins: readonly string[] = [
  'VolumeRestrictions',
  'NodeVolumeLimits',
  'EBSLimits',
  'GCEPDLimits',
  'AzureDiskLimits',
  'VolumeBinding',
  'VolumeZone',
  'DynamicResources',
  'NodeDeclaredFeatures',
  'GangScheduling',
  'TopologyPlacementGenerator',
  'PodGroupPodsCount',
];
