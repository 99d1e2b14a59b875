// The API server's rules, by kind of object.

import type {Simulation} from '../engine/simulation.ts';
import type {Store} from '../objects/store.ts';
import type {TolerationSeconds} from './admission/default-toleration-seconds.ts';
import type {NetworkRange} from './network-registry.ts';
import {NodeRegistry} from './node-registry.ts';
import {ObjectRegistry} from './object-registry.ts';
import {PodRegistry, type SandboxAddresses} from './pod-registry.ts';
import {WorkloadRegistry} from './workload-registry.ts';

export type Registries = {
  readonly pods: PodRegistry;
  readonly workloads: WorkloadRegistry;
  readonly nodes: NodeRegistry;
  readonly objects: ObjectRegistry;
};

type RegistryOptions = {
  readonly seconds?: TolerationSeconds;
  readonly network?: NetworkRange;
  readonly addresses?: SandboxAddresses;
};

export function registriesOf(
  simulation: Simulation,
  store: Store,
  {seconds, network, addresses}: RegistryOptions = {},
): Registries {
  return {
    pods: new PodRegistry(simulation, store, {
      ...(seconds !== undefined && {seconds}),
      ...(addresses !== undefined && {addresses}),
    }),
    workloads: new WorkloadRegistry(simulation, store),
    nodes: new NodeRegistry(simulation, store),
    objects: new ObjectRegistry(simulation, store, network),
  };
}
