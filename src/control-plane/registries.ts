// The API server's rules, by kind of object.

import type {Simulation} from '../engine/simulation.ts';
import type {Store} from '../objects/store.ts';
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

export function registriesOf(simulation: Simulation, store: Store): Registries {
  return {
    pods: new PodRegistry(simulation, store),
    workloads: new WorkloadRegistry(simulation, store),
    nodes: new NodeRegistry(simulation, store),
    objects: new ObjectRegistry(simulation, store),
  };
}
