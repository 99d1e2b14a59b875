// Everything the API holds, by kind. Only the API server's implementation (control-plane/) writes
// here; components write through an ApiClient and learn through a Watch.

import type {Simulation} from '../engine/simulation.ts';
import type {NodeId, WorkloadId} from './ids.ts';
import type {Labels} from './labels.ts';
import type {NodeObject} from './node-spec.ts';
import {ObjectTable} from './object-table.ts';
import {PodSignals} from './pod-signals.ts';
import {PodTable} from './pods.ts';
import {type WorkloadObject, workloadName} from './workload-object.ts';
import {WorkloadSignals} from './workload-signals.ts';

export type PriorityClass = {
  readonly name: string;
  readonly value: number;
  readonly globalDefault: boolean;
  readonly preemptionPolicy: 'PreemptLowerPriority' | 'Never';
};

export type NamespaceObject = {readonly name: string; readonly labels: Labels};

/** As much of a Service as selects pods; its network comes with the network. */
export type ServiceObject = {
  readonly namespace: string;
  readonly name: string;
  readonly selector: Labels | undefined;
};

export class Store {
  readonly pods = new PodTable();
  readonly nodes = new ObjectTable<NodeObject, NodeId>(({name}) => name);
  readonly priorityClasses = new ObjectTable<PriorityClass>(({name}) => name);
  readonly namespaces = new ObjectTable<NamespaceObject>(({name}) => name);
  readonly services = new ObjectTable<ServiceObject>(({namespace, name}) => `${namespace}/${name}`);
  readonly workloads = new ObjectTable<WorkloadObject, WorkloadId>(workloadName);
  readonly signals = new PodSignals();
  readonly workloadSignals = new WorkloadSignals();

  constructor(simulation: Simulation) {
    simulation.part('objects.pods', this.pods);
    simulation.part('objects.nodes', this.nodes);
    simulation.part('objects.priority-classes', this.priorityClasses);
    simulation.part('objects.namespaces', this.namespaces);
    simulation.part('objects.services', this.services);
    simulation.part('objects.workloads', this.workloads);
  }
}
