// What happens to workloads, told at once to whoever measures. Watchers only look.

import {Signal} from '../engine/signal.ts';
import type {WorkloadId} from './ids.ts';

export class WorkloadSignals {
  readonly created = new Signal<[workload: WorkloadId]>();
  /** Its wanted number of replicas is another. */
  readonly scaled = new Signal<[workload: WorkloadId, from: number, to: number]>();
  /** A Deployment or a DaemonSet has another template than before, or its first. */
  readonly rolloutStarted = new Signal<[workload: WorkloadId]>();
  /** Every replica is of the newest template and available. */
  readonly rolloutCompleted = new Signal<[workload: WorkloadId]>();
  /** No progress for longer than the Deployment allows. */
  readonly rolloutStalled = new Signal<[workload: WorkloadId]>();
  readonly jobFinished = new Signal<[workload: WorkloadId, as: string]>();
  readonly deleted = new Signal<[workload: WorkloadId]>();
}
