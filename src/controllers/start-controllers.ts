// The controller manager: all controllers, each with its own client, over one view of the cluster.

import type {Simulation} from '../engine/simulation.ts';
import type {ApiConnector} from '../objects/api-client.ts';
import type {Store} from '../objects/store.ts';
import {usualDelay, type WatchDelay} from '../objects/watch.ts';
import {type CloudOptions, CloudProvider} from './cloud-provider.ts';
import {ClusterView} from './cluster-view.ts';
import {CronJobController} from './cron-job.ts';
import {DaemonSetController} from './daemon-set.ts';
import {DeploymentController} from './deployment.ts';
import {DisruptionController} from './disruption.ts';
import {EndpointSliceController} from './endpoint-slice.ts';
import {GarbageCollector} from './garbage-collector.ts';
import {JobController} from './job.ts';
import {Manager} from './manager.ts';
import {NameStreams} from './name-streams.ts';
import {NamespaceController} from './namespace.ts';
import {
  type NodeControllerParts,
  NodeLifecycleController,
} from './node-lifecycle/node-lifecycle.ts';
import {PodGarbageCollector} from './pod-gc.ts';
import {ReplicaSetController} from './replica-set.ts';
import {ResourceQuotaController} from './resource-quota.ts';
import {TaintEvictionController} from './taint-eviction.ts';

export function startControllers({
  simulation,
  store,
  api,
  watchDelay,
  startTime = 0,
  nodes,
  cloud,
}: {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly api: ApiConnector;
  /** From a change's being stored to the controllers' learning of it. */
  readonly watchDelay: WatchDelay;
  /** What the clocks show at time zero, in seconds since 1970. */
  readonly startTime?: number;
  /** Who gives LoadBalancers their addresses, where somebody does. */
  readonly cloud?: Pick<CloudOptions, 'takes' | 'range'> | undefined;
  /** What those that react to nodes need; without it nodes are taken to be well for ever. */
  readonly nodes?: Pick<NodeControllerParts, 'heartbeats' | 'options' | 'kubernetes'> | undefined;
}): Manager {
  const view = new ClusterView(simulation, store, watchDelay);
  const manager = new Manager();
  simulation.part('controllers.manager', manager);
  const parts = {simulation, api, view, manager, names: new NameStreams(simulation)};
  new DeploymentController(parts);
  new ReplicaSetController(parts, 'ReplicaSet');
  new ReplicaSetController(parts, 'ReplicationController');
  new DaemonSetController(parts);
  new JobController(parts);
  new CronJobController(parts, {startTime});
  new GarbageCollector(parts);
  new DisruptionController(parts, {store, watchDelay});
  new ResourceQuotaController(parts, {store});
  new EndpointSliceController(parts, {store, watchDelay});
  if (cloud !== undefined) new CloudProvider(parts, {...cloud, store, watchDelay});
  new NamespaceController(parts, {store, watchDelay, kubernetes: nodes?.kubernetes ?? 36});
  if (nodes !== undefined) {
    new NodeLifecycleController({...parts, ...nodes, watchDelay: usualDelay(watchDelay)});
    new TaintEvictionController(parts);
    new PodGarbageCollector({...parts, ...nodes});
  }
  // The last to start: all others have an empty memory by then.
  manager.join({stop: () => undefined, start: () => view.tellAll()});
  return manager;
}
