// The objects whose controllers make pods, as the API holds them: immutable values, replaced whole.
// Their templates are those of pods-to-be: with the labels and the owner that the pods will bear.

import type {Time} from '../engine/time.ts';
import type {WorkloadId} from './ids.ts';
import type {CronJobObject, JobObject} from './job-object.ts';
import type {LabelSelector, Labels} from './labels.ts';
import type {PodTemplate} from './pod-spec.ts';

export type {JobObject} from './job-object.ts';

export type WorkloadObject =
  | DeploymentObject
  | ReplicaSetObject
  | DaemonSetObject
  | JobObject
  | CronJobObject
  | UncontrolledObject;

/** Those that a controller of the simulation looks after. */
export type ControlledObject = Exclude<WorkloadObject, UncontrolledObject>;

export type WorkloadMetadata = {
  readonly namespace: string;
  readonly name: string;
  /** In the order of creation, for ever: two objects of one name have different serials. */
  readonly serial: number;
  readonly labels: Labels;
  readonly annotations: Labels;
  /** The controlling owner. */
  readonly owner: WorkloadOwner | undefined;
  /** Counts the changes of the spec. */
  readonly generation: number;
  /** Counts all changes; a write that names an older one is refused as a conflict. */
  readonly version: number;
  readonly createdAt: Time;
  readonly deletedAt: Time | undefined;
  /** What the garbage collector has still to do before the object goes. */
  readonly finalizer: 'foreground' | 'orphan' | undefined;
};

export type WorkloadOwner = {
  readonly id: WorkloadId;
  readonly kind: string;
  readonly name: string;
};

export type DeploymentObject = WorkloadMetadata & {
  readonly kind: 'Deployment';
  readonly spec: DeploymentSpec;
  readonly status: DeploymentStatus;
};

export type DeploymentSpec = {
  readonly replicas: number;
  readonly selector: LabelSelector;
  readonly template: PodTemplate;
  readonly strategy: DeploymentStrategy;
  readonly minReady: Time;
  readonly progressDeadline: Time | undefined;
  readonly revisionHistoryLimit: number;
  readonly paused: boolean;
};

export type DeploymentStrategy =
  | {readonly type: 'Recreate'}
  | {
      readonly type: 'RollingUpdate';
      readonly maxSurge: CountOrPercent;
      readonly maxUnavailable: CountOrPercent;
    };

export type CountOrPercent = {readonly count: number} | {readonly percent: number};

export type DeploymentStatus = {
  readonly observedGeneration: number;
  readonly replicas: number;
  readonly updatedReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  /** The annotation `deployment.kubernetes.io/revision`. */
  readonly revision: number;
  readonly progressing: ProgressCondition | undefined;
};

/** The condition Progressing; its status follows from the reason. */
export type ProgressCondition = {
  readonly reason:
    | 'NewReplicaSetCreated'
    | 'FoundNewReplicaSet'
    | 'ReplicaSetUpdated'
    | 'NewReplicaSetAvailable'
    | 'ProgressDeadlineExceeded'
    | 'DeploymentPaused'
    | 'DeploymentResumed';
  readonly updatedAt: Time;
};

/** A ReplicationController is a ReplicaSet of another name. */
export type ReplicaSetObject = WorkloadMetadata & {
  readonly kind: 'ReplicaSet' | 'ReplicationController';
  readonly spec: ReplicaSetSpec;
  readonly status: ReplicaSetStatus;
};

export type ReplicaSetSpec = {
  readonly replicas: number;
  readonly selector: LabelSelector;
  readonly template: PodTemplate;
  readonly minReady: Time;
};

export type ReplicaSetStatus = {
  readonly observedGeneration: number;
  readonly replicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
};

export type DaemonSetObject = WorkloadMetadata & {
  readonly kind: 'DaemonSet';
  readonly spec: DaemonSetSpec;
  readonly status: DaemonSetStatus;
};

export type DaemonSetSpec = {
  readonly selector: LabelSelector;
  readonly template: PodTemplate;
  readonly minReady: Time;
  readonly strategy:
    | {readonly type: 'OnDelete'}
    | {
        readonly type: 'RollingUpdate';
        readonly maxSurge: CountOrPercent;
        readonly maxUnavailable: CountOrPercent;
      };
};

export type DaemonSetStatus = {
  readonly observedGeneration: number;
  readonly desired: number;
  readonly current: number;
  readonly misscheduled: number;
  readonly ready: number;
  readonly updated: number;
  readonly available: number;
};

/** Known by its selector and as an owner; nobody makes its pods for it. */
export type UncontrolledObject = WorkloadMetadata & {
  readonly kind: 'uncontrolled';
  /** What it calls itself. */
  readonly as: string;
  readonly spec: {readonly selector: LabelSelector | undefined};
  readonly status: undefined;
};

/** The kind that it has for everybody else. */
export function kindOf(object: WorkloadObject): string {
  return object.kind === 'uncontrolled' ? object.as : object.kind;
}

/** Kind, namespace and name, by which an object is found. */
export function workloadName(object: WorkloadObject): string {
  return `${kindOf(object)}/${object.namespace}/${object.name}`;
}

export function selectorOf(object: WorkloadObject): LabelSelector | undefined {
  const {kind, spec} = object;
  return kind === 'Job' || kind === 'CronJob' ? undefined : spec.selector;
}
