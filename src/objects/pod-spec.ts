// A pod as its manifest wishes it, decoded and defaulted. One template is shared by all pods that a
// document, a workload or (later) a controller makes; nothing in it ever changes.

import type {Time} from '../engine/time.ts';
import type {GpuRequest} from './gpu.ts';
import type {LabelSelector, Labels} from './labels.ts';
import type {ResourceList} from './resources.ts';

export type PodTemplate = {
  readonly namespace: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  /** The controlling owner (`ownerReferences` with `controller: true`). */
  readonly owner: OwnerReference | undefined;
  readonly spec: PodSpec;
};

export type OwnerReference = {readonly kind: string; readonly name: string};

export type PodSpec = {
  readonly schedulerName: string;
  /** Set in the manifest: the pod never passes the scheduler. */
  readonly nodeName: string | undefined;
  readonly nodeSelector: Labels;
  readonly nodeAffinity: NodeAffinity | undefined;
  readonly podAffinity: PodAffinity | undefined;
  readonly podAntiAffinity: PodAffinity | undefined;
  readonly tolerations: readonly Toleration[];
  readonly topologySpreadConstraints: readonly TopologySpreadConstraint[];
  readonly priorityClassName: string | undefined;
  /** As written; admission resolves it from the class where it is absent. */
  readonly priority: number | undefined;
  readonly preemptionPolicy: 'PreemptLowerPriority' | 'Never' | undefined;
  readonly schedulingGates: readonly string[];
  readonly hostNetwork: boolean;
  /** `undefined`: dnsPolicy ClusterFirst, and nothing else said. */
  readonly dns: PodDns | undefined;
  readonly restartPolicy: 'Always' | 'OnFailure' | 'Never';
  readonly terminationGracePeriod: Time;
  readonly overhead: ResourceList;
  /** Pod-level requests (`spec.resources.requests`); `undefined` when not set. */
  readonly podRequests: ResourceList | undefined;
  readonly initContainers: readonly Container[];
  readonly containers: readonly Container[];
  /** Devices of its node that it takes, as its annotations say. */
  readonly gpu?: GpuRequest | undefined;
  /** Images mounted as volumes (ImageLocality counts them from 1.36 on). */
  readonly imageVolumes: readonly string[];
  /** What its mounted volumes need. */
  readonly volumeReferences: readonly VolumeReference[];
};

/** What is said of a pod's resolver. */
export type PodDns = {
  readonly policy: 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None';
  readonly nameservers: readonly string[];
  readonly searches: readonly string[];
  readonly ndots: number | undefined;
  /** In seconds. */
  readonly timeout: number | undefined;
  readonly attempts: number | undefined;
};

/** A ConfigMap or Secret of the pod's own namespace. */
export type ConfigReference = {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** That it must have. */
  readonly keys: readonly string[];
  /** What is missing is left out. */
  readonly optional: boolean;
};

export type VolumeReference = ConfigReference & {readonly volume: string};

export type Container = {
  readonly name: string;
  readonly image: string;
  /** After the API server's default: a limit without a request is also the request. */
  readonly requests: ResourceList;
  readonly limits: ResourceList;
  readonly ports: readonly ContainerPort[];
  /** An init container with `restartPolicy: Always`: it keeps running beside the others. */
  readonly sidecar: boolean;
  readonly imagePullPolicy: 'Always' | 'IfNotPresent' | 'Never';
  readonly startupProbe: Probe | undefined;
  readonly livenessProbe: Probe | undefined;
  readonly readinessProbe: Probe | undefined;
  readonly postStart: Hook | undefined;
  readonly preStop: Hook | undefined;
  /** What its environment needs. */
  readonly environment: readonly ConfigReference[];
};

export type Probe = {
  readonly handler: 'exec' | 'httpGet' | 'tcpSocket' | 'grpc';
  readonly initialDelay: Time;
  readonly period: Time;
  readonly timeout: Time;
  readonly successThreshold: number;
  readonly failureThreshold: number;
  /** For the kill after a failure; `undefined`: the pod's own. */
  readonly terminationGracePeriod: Time | undefined;
};

export type Hook = {
  readonly handler: 'exec' | 'httpGet' | 'tcpSocket' | 'sleep';
  /** How long `sleep` sleeps; 0 for the others, whose programs are not simulated. */
  readonly sleep: Time;
};

export type ContainerPort = {
  readonly name: string | undefined;
  readonly containerPort: number;
  readonly protocol: string;
  readonly hostPort: number;
  readonly hostIP: string;
};

export type Toleration = {
  readonly key: string;
  readonly operator: string;
  readonly value: string;
  readonly effect: string;
  readonly tolerationSeconds: number | undefined;
};

export type NodeAffinity = {
  /** `undefined` where absent; an empty list matches no node. */
  readonly required: readonly NodeSelectorTerm[] | undefined;
  readonly preferred: readonly {readonly weight: number; readonly term: NodeSelectorTerm}[];
};

/** Expressions and fields that must all hold; a term with neither matches no node. */
export type NodeSelectorTerm = {
  readonly expressions: readonly NodeRequirement[];
  readonly fields: readonly NodeRequirement[];
};

export type NodeRequirement = {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';
  readonly values: readonly string[];
};

export type PodAffinity = {
  readonly required: readonly PodAffinityTerm[];
  readonly preferred: readonly {readonly weight: number; readonly term: PodAffinityTerm}[];
};

export type PodAffinityTerm = {
  readonly topologyKey: string;
  readonly labelSelector: LabelSelector | undefined;
  readonly namespaces: readonly string[];
  /** `undefined` where absent (not the same as empty, which selects every namespace). */
  readonly namespaceSelector: LabelSelector | undefined;
};

export type TopologySpreadConstraint = {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway';
  readonly labelSelector: LabelSelector | undefined;
  readonly minDomains: number;
  readonly nodeAffinityPolicy: 'Honor' | 'Ignore';
  readonly nodeTaintsPolicy: 'Honor' | 'Ignore';
  readonly matchLabelKeys: readonly string[];
};
