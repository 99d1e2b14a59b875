// How a component changes what the cluster holds. A request takes its time, may be throttled or
// refused, and is answered through the component's replies; what it changed is learnt by watches,
// as by all others.

import type {Time} from '../engine/time.ts';
import type {ApiLine} from './api-line.ts';
import type {Disruption} from './disruption.ts';
import type {FailureReason} from './failure-reason.ts';
import type {NodeId, PodId, WorkloadId} from './ids.ts';
import type {LabelSelector} from './labels.ts';
import type {NodeRequest} from './node-request.ts';
import type {ObjectRequest} from './object-request.ts';
import type {ContainerExit} from './pod-end.ts';
import type {PodTemplate} from './pod-spec.ts';
import type {WorkloadRequest} from './workload-request.ts';

/**
 * `too-many-requests`: a disruption budget does not allow it now; `server-error`: HTTP 500, as for
 * the eviction of a pod that two budgets protect; `forbidden`: admission does not let it in;
 * `invalid`: HTTP 422, as for a node port that another Service has.
 */
export type ApiOutcome =
  | 'ok'
  | 'not-found'
  | 'conflict'
  | 'too-many-requests'
  | 'server-error'
  | 'forbidden'
  | 'invalid'
  | 'unavailable';

export type ApiClient = {
  /** POST a pod. Admission resolves its priority. */
  createPod(pod: PodWish): void;
  /** POST the pod's binding. `devices`: of the node, one bit each, as an annotation of it. */
  bindPod(pod: PodId, node: NodeId, devices?: number): void;
  /** PATCH `status.nominatedNodeName`; `undefined` clears it. */
  nominatePod(pod: PodId, node: NodeId | undefined): void;
  /**
   * PATCH the condition PodScheduled=False. Costs a request and changes nothing that is modelled.
   */
  reportUnschedulable(pod: PodId): void;
  /** DELETE, with the pod's own grace period unless told otherwise. */
  deletePod(pod: PodId, options?: PodDeletion & {readonly ticket?: number}): void;
  /** POST of an Eviction, which disruption budgets may refuse (`too-many-requests`). */
  evictPod(pod: PodId, ticket?: number): void;
  /** PATCH that strips the owner reference. */
  releasePod(pod: PodId, ticket?: number): void;
  /** PATCH that sets it, of a pod that nobody controls (else `conflict`). */
  adoptPod(pod: PodId, owner: WorkloadId, ticket?: number): void;
  /** PATCH the status as a kubelet does: its sandbox has an address. */
  reportAddress(pod: PodId): void;
  /** With the address. `ready`: in the same patch; so unless told otherwise. */
  reportStarted(pod: PodId, options?: {ready: boolean}): void;
  reportReady(pod: PodId): void;
  reportUnready(pod: PodId, ticket?: number): void;
  /** One of its containers was started again. */
  reportRestarted(pod: PodId): void;
  /** `exit`: of the container that made it fail, where one did. */
  reportEnded(
    pod: PodId,
    phase: 'Succeeded' | 'Failed',
    reason?: FailureReason,
    exit?: ContainerExit,
  ): void;
  /** DELETE with grace period 0, as a kubelet confirms that the pod is gone. */
  confirmDeleted(pod: PodId): void;
  /** Any verb on a workload; `ticket` comes back in `answered`. */
  writeWorkload(request: WorkloadRequest, ticket?: number): void;
  /** Any verb on a node; `ticket` comes back in `answered`. */
  writeNode(request: NodeRequest, ticket?: number): void;
  /** Any verb on an object of the lesser kinds; `ticket` comes back in `answered`. */
  writeObject(request: ObjectRequest, ticket?: number): void;
  /** A GET, or POST of an Event object: costs a request and changes nothing that is modelled. */
  spendRequest(): void;
  /** The process has died: what it has asked for and is not stored never will be, nor answered. */
  abandon(): void;
};

export type PodDeletion = {
  /** Sets the condition DisruptionTarget first, with this reason: a request of its own. */
  readonly disruption?: Disruption | undefined;
  /** Instead of the pod's own; 0 removes the object at once. */
  readonly grace?: Time | undefined;
};

export type PodWish = {
  readonly name: string;
  readonly template: PodTemplate;
  /** How long it runs once started; `undefined`: until somebody deletes it. */
  readonly lifetime: Time | undefined;
  /** The generator's own number for the pod, returned in `podCreated`. */
  readonly ordinal: number;
  /** The controlling owner, where the API holds it. */
  readonly owner?: WorkloadId | undefined;
};

/** An owner of pods whose controller is not there: its kind, name and selector. */
export type OwnerWish = {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly selector: LabelSelector | undefined;
};

export type ApiReplies = {
  podCreated?(pod: PodId, ordinal: number): void;
  /**
   * Admission turned the pod away, as for a PriorityClass that does not exist; or the request was
   * given up.
   */
  podRefused?(ordinal: number, reason: string): void;
  podBound?(pod: PodId, outcome: ApiOutcome): void;
  /**
   * To a request that was sent with a ticket, other than a pod's creation. `unavailable`: no API
   * server, or no etcd behind it, took it for so long that it was given up.
   */
  answered?(ticket: number, outcome: ApiOutcome): void;
};

/** The limits a component's client puts on itself (client-go's token bucket). */
export type ClientLimits = {
  /** Sustained requests a second; `undefined` is unlimited. */
  readonly qps: number | undefined;
  /** Requests that may go at once after a rest. */
  readonly burst: number;
};

export type ApiComponent = {
  /** Its user agent, which also names its streams and events. */
  readonly name: string;
  readonly limits: ClientLimits;
  readonly replies: ApiReplies;
  /** What it is a part of and shares the connection with; itself unless told otherwise. */
  readonly program?: string;
  /**
   * Asks again until it is answered, so that no request of it fails as `unavailable`. Components
   * with rules of their own for a failure are not.
   */
  readonly patient?: boolean;
};

/** Hands out clients, and the lines that they and the watches of a program go over. */
export type ApiConnector = {
  connect(component: ApiComponent): ApiClient;
  line(program: string): ApiLine;
};
