// The API server's rules, by kind of object.

import type {Simulation} from '../engine/simulation.ts';
import type {Store} from '../objects/store.ts';
import type {TolerationSeconds} from './admission/default-toleration-seconds.ts';
import {NodeRegistry} from './node-registry.ts';
import {ObjectRegistry} from './object-registry.ts';
import {PodRegistry} from './pod-registry.ts';
import {WorkloadRegistry} from './workload-registry.ts';

export type Registries = {
  readonly pods: PodRegistry;
  readonly workloads: WorkloadRegistry;
  readonly nodes: NodeRegistry;
  readonly objects: ObjectRegistry;
};

export function registriesOf(
  simulation: Simulation,
  store: Store,
  seconds?: TolerationSeconds,
): Registries {
  return {
    pods: new PodRegistry(simulation, store, seconds),
    workloads: new WorkloadRegistry(simulation, store),
    nodes: new NodeRegistry(simulation, store),
    objects: new ObjectRegistry(simulation, store),
  };
}
