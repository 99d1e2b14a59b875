// A pod as the controllers know it through their watch.

import type {Time} from '../engine/time.ts';
import type {Disruption} from '../objects/disruption.ts';
import type {NodeId, PodId, WorkloadId} from '../objects/ids.ts';
import type {PodEnd} from '../objects/pod-end.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import type {PodPhase} from '../objects/pods.ts';
import type {Address} from '../options/address.ts';

export type KnownPod = {
  readonly id: PodId;
  /** In the order in which pods were created, for ever. */
  readonly serial: number;
  readonly name: string;
  readonly createdAt: Time;
  template: PodTemplate;
  owner: WorkloadId | undefined;
  node: NodeId | undefined;
  phase: PodPhase;
  /** Of its sandbox, once its kubelet has told it. */
  address: Address | undefined;
  ready: boolean;
  readySince: Time;
  restarts: number;
  terminating: boolean;
  /** Why it is deleted, where nobody wished it away. */
  disruption: Disruption | undefined;
  endedAt: Time;
  /** How it failed, for one that did. */
  end: PodEnd | undefined;
};

/** As it is when it has just been created. */
export function newKnownPod(
  given: Pick<KnownPod, 'id' | 'serial' | 'name' | 'createdAt' | 'template' | 'owner'>,
): KnownPod {
  return {
    ...given,
    node: undefined,
    phase: 'Pending',
    address: undefined,
    ready: false,
    readySince: 0,
    restarts: 0,
    terminating: false,
    disruption: undefined,
    endedAt: 0,
    end: undefined,
  };
}

/** As controller.IsPodActive. */
export function isActive(pod: KnownPod): boolean {
  return !atItsEnd(pod) && !pod.terminating;
}

export function atItsEnd({phase}: KnownPod): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

/** As podutil.IsPodAvailable: ready, and for long enough. */
export function isAvailable({ready, readySince}: KnownPod, minReady: Time, now: Time): boolean {
  return ready && readySince + minReady <= now;
}
