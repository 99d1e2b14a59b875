// What happens to pods, told at once to whoever measures. Watchers only look: they schedule
// nothing, draw nothing and change nothing. Behaviours never learn from here; they have their
// watches.

import {Signal} from '../engine/signal.ts';
import type {Time} from '../engine/time.ts';
import type {NodeId, PodId} from './ids.ts';

export class PodSignals {
  /** The API server has stored the pod. */
  readonly created = new Signal<[pod: PodId]>();
  /** The scheduler could have tried the pod from now on: first entry into its active queue. */
  readonly queued = new Signal<[pod: PodId]>();
  /** A scheduling gate or another PreEnqueue plugin keeps the pod out of the queue. */
  readonly gated = new Signal<[pod: PodId, plugin: string]>();
  /** An attempt found no node. `message` is the condition's, made when somebody reads it. */
  readonly refused = new Signal<[pod: PodId, refusal: Refusal]>();
  /** The scheduler chose a node and assumed the pod there; the binding is under way. */
  readonly assumed = new Signal<[pod: PodId, node: NodeId]>();
  /** The binding has come back to the scheduler. */
  readonly scheduled = new Signal<[pod: PodId, node: NodeId, wait: SchedulingWait]>();
  /** A pod of higher priority takes this one's place. */
  readonly preempted = new Signal<[victim: PodId, by: PodId, node: NodeId]>();
  readonly nominated = new Signal<[pod: PodId, node: NodeId]>();
  /** Its first container runs. */
  readonly started = new Signal<[pod: PodId]>();
  readonly ready = new Signal<[pod: PodId]>();
  readonly unready = new Signal<[pod: PodId]>();
  /** Physically, whatever the API says: each container that it needs to be ready runs. */
  readonly serving = new Signal<[pod: PodId]>();
  /** One of them has ended and is to run again, or all went with their node's power. */
  readonly broken = new Signal<[pod: PodId]>();
  /** One of its containers was started again. */
  readonly restarted = new Signal<[pod: PodId]>();
  /** What a kubelet did with a container, by its place in the pod (init containers first). */
  readonly container = new Signal<[pod: PodId, container: number, step: ContainerStep]>();
  /** Its kubelet cannot go on; `about`: what is missing. */
  readonly lacking = new Signal<[pod: PodId, lack: PodLack, about: string]>();
  /** A deletion timestamp was set. */
  readonly terminating = new Signal<[pod: PodId]>();
  /** It holds its node's resources no longer. */
  readonly ended = new Signal<[pod: PodId, outcome: PodOutcome, reason: string]>();
  /** The object is gone; the number may be another pod's later. */
  readonly deleted = new Signal<[pod: PodId]>();
}

/** What kubelets write events about. */
export type ContainerStep =
  | 'pulling'
  | 'pulled'
  | 'image-present'
  | 'pull-failed'
  | 'pull-back-off'
  | 'never-pulled'
  | 'created'
  | 'started'
  | 'crash-back-off'
  | 'oom-killed'
  | 'evicted'
  | 'startup-failed'
  | 'liveness-failed'
  | 'readiness-failed'
  | 'killed-unhealthy'
  | 'killed-unstarted'
  | 'stopping';

/** Of a container's environment, or of a volume. */
export type PodLack = 'config-missing' | 'mount-failed';

export type PodOutcome = 'succeeded' | 'failed' | 'preempted' | 'evicted' | 'deleted';

/** Why an attempt failed. */
export type Refusal = {
  /** Of the plugins that were the first to fail on a node, the one that was so on most nodes. */
  readonly firstFailingPlugin: string;
  readonly result: 'unschedulable' | 'error';
  /** As the pod's condition says: `0/5 nodes are available: 5 Insufficient cpu.` */
  message(): string;
};

/** Where a scheduled pod's latency went. The parts add up to `latency`. */
export type SchedulingWait = {
  readonly attempts: number;
  /**
   * From first entry into the active queue to the end of binding
   * (pod_scheduling_sli_duration_seconds).
   */
  readonly latency: Time;
  /** In the active queue, and in the attempts themselves. */
  readonly queue: Time;
  readonly backoff: Time;
  readonly unschedulable: Time;
  readonly bind: Time;
};
