// What reading a manifest gives: one record per Kubernetes object, decoded as far as Orrery models
// its kind, with the place where it stands so that later mistakes can still name it.

import type {ConfigObject} from '../objects/config-object.ts';
import type {NewBudget} from '../objects/disruption-budget.ts';
import type {EndpointsObject, NewEndpointSlice} from '../objects/endpoint-slice.ts';
import type {IngressClass, NewIngress} from '../objects/ingress-object.ts';
import type {LabelSelector, Labels} from '../objects/labels.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import type {OwnerReference, PodTemplate} from '../objects/pod-spec.ts';
import type {LimitRange, NewQuota} from '../objects/quota.ts';
import type {NewService} from '../objects/service-object.ts';
import type {NewWorkload} from '../objects/workload-request.ts';
import type {Problem} from '../options/problem.ts';

export type Manifests = {
  /** In the order of the file; items of a List stand where the List stood. */
  readonly objects: readonly ManifestObject[];
  readonly problems: readonly Problem[];
};

export type ManifestObject = {
  readonly apiVersion: string;
  readonly kind: string;
  /** `undefined` for objects that belong to no namespace. */
  readonly namespace: string | undefined;
  readonly name: string;
  readonly labels: Labels;
  readonly file: string;
  readonly line: number;
  readonly value: ManifestValue;
};

/** Equal documents share one value: compare `template` by identity to recognise siblings. */
export type ManifestValue =
  | {readonly type: 'pod'; readonly template: PodTemplate}
  | {readonly type: 'node'; readonly node: NodeObject}
  | {readonly type: 'workload'; readonly workload: Workload}
  | {readonly type: 'service'; readonly service: NewService}
  | {readonly type: 'endpoints'; readonly endpoints: EndpointsObject}
  | {readonly type: 'endpoint-slice'; readonly slice: NewEndpointSlice}
  | {readonly type: 'ingress'; readonly ingress: NewIngress}
  | {readonly type: 'ingress-class'; readonly ingressClass: IngressClass}
  | {readonly type: 'priority-class'; readonly priorityClass: PriorityClass}
  | {readonly type: 'namespace'; readonly labels: Labels}
  | {readonly type: 'config'; readonly config: ConfigObject}
  | {readonly type: 'pod-disruption-budget'; readonly budget: NewBudget}
  | {readonly type: 'resource-quota'; readonly quota: NewQuota}
  | {readonly type: 'limit-range'; readonly range: LimitRange}
  | {readonly type: 'other'; readonly object: RawObject};

/** A kind without a record of its own, as it was written. */
export type RawObject = {readonly [field: string]: unknown};

export type WorkloadKind =
  | 'Deployment'
  | 'ReplicaSet'
  | 'ReplicationController'
  | 'StatefulSet'
  | 'DaemonSet'
  | 'Job'
  | 'CronJob';

/** The part that all workload kinds share; what is special to one kind stays in `object`. */
export type Workload = {
  readonly kind: WorkloadKind;
  readonly name: string;
  readonly namespace: string;
  /** Pods wanted; for a Job how many at a time; `undefined` for DaemonSet (one per node). */
  readonly replicas: number | undefined;
  /** `undefined` for Job and CronJob, whose selector the API server makes. */
  readonly selector: LabelSelector | undefined;
  /** Owned by this workload (a Deployment's pods by its ReplicaSet, which is named when made). */
  readonly template: PodTemplate;
  /** As its controller wants it; without the owner. */
  readonly wish: NewWorkload;
  /** The controlling owner, as a dump of a cluster names it. */
  readonly owner: OwnerReference | undefined;
  readonly object: RawObject;
};

export type PriorityClass = {
  readonly name: string;
  readonly value: number;
  readonly globalDefault: boolean;
  readonly preemptionPolicy: 'PreemptLowerPriority' | 'Never';
};
