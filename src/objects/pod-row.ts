// What a pod's row says: the changes it goes through, its phases, and what it is made with.

import type {Time} from '../engine/time.ts';
import type {Address} from '../options/address.ts';
import type {Disruption} from './disruption.ts';
import type {WorkloadId} from './ids.ts';
import type {PodTemplate} from './pod-spec.ts';

export const podChanges = [
  'created',
  'bound',
  'nominated',
  'started',
  'ready',
  'unready',
  'restarted',
  'ended',
  'terminating',
  'updated',
  'deleted',
  'addressed',
] as const;

export type PodChange = (typeof podChanges)[number];

/** In a row of the log: 32 bits with a sign; 0 for none. */
export function addressOf(operand: number): Address | undefined {
  return operand >>> 0 || undefined;
}

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

export type NewPod = {
  readonly name: string;
  readonly template: PodTemplate;
  readonly priority: number;
  /** How long it runs once started; `undefined`: until somebody deletes it. */
  readonly lifetime: Time | undefined;
  /** The controlling owner, where the API holds it. */
  readonly owner?: WorkloadId | undefined;
};

export type Deletion = {
  /** When its grace period ends. */
  readonly deadline: Time;
  readonly disruption: Disruption | undefined;
};

export const phases: readonly PodPhase[] = ['Pending', 'Running', 'Succeeded', 'Failed'];
