// The controller manager: all controllers, each with its own client, over one view of the cluster.

import type {Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {ApiConnector} from '../objects/api-client.ts';
import type {Store} from '../objects/store.ts';
import {ClusterView} from './cluster-view.ts';
import {DaemonSetController} from './daemon-set.ts';
import {DeploymentController} from './deployment.ts';
import {DisruptionController} from './disruption.ts';
import {GarbageCollector} from './garbage-collector.ts';
import {JobController} from './job.ts';
import {Manager} from './manager.ts';
import {NameStreams} from './name-streams.ts';
import {ReplicaSetController} from './replica-set.ts';

export function startControllers({
  simulation,
  store,
  api,
  watchDelay,
}: {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly api: ApiConnector;
  /** From a change's being stored to the controllers' learning of it. */
  readonly watchDelay: Time;
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
  new GarbageCollector(parts);
  new DisruptionController(parts, {store, watchDelay});
  // The last to start: all others have an empty memory by then.
  manager.join({stop: () => undefined, start: () => view.tellAll()});
  return manager;
}
