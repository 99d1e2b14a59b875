// Everything the API holds, by kind. Only the API server's implementation (control-plane/) writes
// here; components write through an ApiClient and learn through a Watch.

import type {Part, Simulation} from '../engine/simulation.ts';
import {Causes} from './causes.ts';
import {type ConfigObject, configName} from './config-object.ts';
import type {DisruptionBudget} from './disruption-budget.ts';
import type {EndpointSlice, EndpointsObject} from './endpoint-slice.ts';
import type {NodeId, ServiceId, WorkloadId} from './ids.ts';
import type {IngressClass, IngressObject} from './ingress-object.ts';
import type {Labels} from './labels.ts';
import {NodeSignals} from './node-signals.ts';
import type {NodeObject} from './node-spec.ts';
import {ObjectTable} from './object-table.ts';
import {PodSignals} from './pod-signals.ts';
import {PodTable} from './pods.ts';
import type {LimitRange, QuotaObject} from './quota.ts';
import type {ServiceObject} from './service-object.ts';
import {type WorkloadObject, workloadName} from './workload-object.ts';
import {WorkloadSignals} from './workload-signals.ts';

export type PriorityClass = {
  readonly name: string;
  readonly value: number;
  readonly globalDefault: boolean;
  readonly preemptionPolicy: 'PreemptLowerPriority' | 'Never';
};

export type NamespaceObject = {
  readonly name: string;
  readonly labels: Labels;
  /** Being deleted: nothing new comes into it. */
  readonly terminating: boolean;
};

const inNamespace = ({namespace, name}: {namespace: string; name: string}) =>
  `${namespace}/${name}`;

export class Store {
  readonly pods = new PodTable();
  readonly nodes = new ObjectTable<NodeObject, NodeId>(({name}) => name);
  readonly priorityClasses = new ObjectTable<PriorityClass>(({name}) => name);
  readonly namespaces = new ObjectTable<NamespaceObject>(({name}) => name);
  readonly services = new ObjectTable<ServiceObject, ServiceId>(inNamespace);
  readonly endpoints = new ObjectTable<EndpointsObject>(inNamespace);
  readonly endpointSlices = new ObjectTable<EndpointSlice>(inNamespace);
  readonly ingresses = new ObjectTable<IngressObject>(inNamespace);
  readonly ingressClasses = new ObjectTable<IngressClass>(({name}) => name);
  readonly workloads = new ObjectTable<WorkloadObject, WorkloadId>(workloadName);
  readonly configs = new ObjectTable<ConfigObject>(configName);
  readonly budgets = new ObjectTable<DisruptionBudget>(inNamespace);
  readonly quotas = new ObjectTable<QuotaObject>(inNamespace);
  readonly limitRanges = new ObjectTable<LimitRange>(inNamespace);
  readonly signals = new PodSignals();
  readonly nodeSignals = new NodeSignals();
  readonly workloadSignals = new WorkloadSignals();

  readonly causes: Causes;

  constructor(simulation: Simulation) {
    this.causes = new Causes(simulation);
    const tables = {
      pods: this.pods,
      nodes: this.nodes,
      'priority-classes': this.priorityClasses,
      namespaces: this.namespaces,
      services: this.services,
      endpoints: this.endpoints,
      'endpoint-slices': this.endpointSlices,
      ingresses: this.ingresses,
      'ingress-classes': this.ingressClasses,
      workloads: this.workloads,
      configs: this.configs,
      budgets: this.budgets,
      quotas: this.quotas,
      'limit-ranges': this.limitRanges,
    };
    for (const [name, table] of Object.entries(tables)) {
      table.log.source = simulation;
      simulation.part<unknown>(`objects.${name}`, table as Part<unknown>);
    }
  }
}
