// What the scheduling queue is made of and told.

import type {Simulation} from '../../engine/simulation.ts';
import type {Time} from '../../engine/time.ts';
import type {PodSignals} from '../../objects/pod-signals.ts';
import type {KubernetesMinor} from '../../objects/version.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {QueueOrder} from '../framework.ts';
import type {RequeueRules} from './requeue-rules.ts';

export type QueueOptions = {
  readonly simulation: Simulation;
  readonly kubernetes: KubernetesMinor;
  readonly signals: PodSignals;
  readonly initialBackoff: Time;
  readonly maxBackoff: Time;
  /** The queue-sort plugin's order. */
  readonly less: (left: QueueOrder, right: QueueOrder) => boolean;
  /** Names the PreEnqueue plugin that gates the pod, if one does. */
  readonly gateOf: (pod: PodInfo) => string | undefined;
  readonly rules: RequeueRules;
  /** Called when a pod can be popped that could not before. */
  readonly ready: () => void;
};

/** The plugins that turned a pod away; without any, the attempt itself went wrong. */
export type Rejectors = {
  readonly rejectedBy: readonly string[];
  readonly pendingOn: readonly string[];
};
