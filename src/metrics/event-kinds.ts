// What events say: the reasons and texts of kube-scheduler's and the kubelet's recorders. Where the
// real text goes on with an error or a uid, this one ends before it.

import type {FailureReason} from '../objects/failure-reason.ts';
import type {ContainerStep, PodLack} from '../objects/pod-signals.ts';

export type EventOf = {
  /** `namespace/name` of the pod. */
  readonly pod: string;
  readonly node: string | undefined;
  readonly container: string;
  readonly image: string;
  /** What the kubelet said with it. */
  readonly about: string;
};

type Kind = {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  /** The event is about the pod's owner, not the pod. */
  readonly ofOwner?: true;
  /** Absent: whoever writes the event brings its text. */
  readonly message?: (of: EventOf) => string;
};

type SchedulerEvent = 'Scheduled' | 'FailedScheduling' | 'Preempted';
type ControllerEvent = 'pod-created' | 'pod-deleted' | 'node-not-ready' | 'taint-eviction';
type Rejection = Extract<FailureReason, `OutOf${string}`>;
export type EventName = SchedulerEvent | ControllerEvent | ContainerStep | PodLack | Rejection;

export const eventKinds: Readonly<Record<EventName, Kind>> = {
  Scheduled: {
    ...{type: 'Normal', reason: 'Scheduled'},
    message: ({pod, node}) => `Successfully assigned ${pod} to ${node}`,
  },
  FailedScheduling: {type: 'Warning', reason: 'FailedScheduling'},
  Preempted: {type: 'Normal', reason: 'Preempted'},
  started: normal('Started', ({container}) => `Started container ${container}`),
  stopping: normal('Killing', ({container}) => `Stopping container ${container}`),
  pulling: normal('Pulling', ({image}) => `Pulling image "${image}"`),
  pulled: normal('Pulled', ({image}) => `Successfully pulled image "${image}"`),
  'image-present': normal(
    'Pulled',
    ({image}) => `Container image "${image}" already present on machine`,
  ),
  'pull-failed': warning('Failed', ({image}) => `Failed to pull image "${image}"`),
  'pull-back-off': normal('BackOff', ({image}) => `Back-off pulling image "${image}"`),
  'never-pulled': warning(
    'ErrImageNeverPull',
    ({image}) => `Container image "${image}" is not present with pull policy of Never`,
  ),
  'config-missing': warning('Failed', ({about}) => `Error: ${about}`),
  'mount-failed': warning('FailedMount', ({about}) => `MountVolume.SetUp failed for ${about}`),
  created: normal('Created', ({container}) => `Created container: ${container}`),
  'crash-back-off': warning(
    'BackOff',
    ({container, pod}) => `Back-off restarting failed container ${container} in pod ${pod}`,
  ),
  // As node-problem-detector writes it; the kubelet itself has no event for it.
  'oom-killed': warning(
    'OOMKilling',
    ({container}) => `Memory cgroup out of memory: Killed process of container ${container}`,
  ),
  evicted: warning('Evicted', () => 'The node was low on resource: memory'),
  'startup-failed': warning('Unhealthy', () => 'Startup probe failed'),
  'liveness-failed': warning('Unhealthy', () => 'Liveness probe failed'),
  'readiness-failed': warning('Unhealthy', () => 'Readiness probe failed'),
  'killed-unstarted': normal(
    'Killing',
    ({container}) => `Container ${container} failed startup probe, will be restarted`,
  ),
  'killed-unhealthy': normal(
    'Killing',
    ({container}) => `Container ${container} failed liveness probe, will be restarted`,
  ),
  // As ReplicaSet, DaemonSet and Job controllers write them.
  'pod-created': ofOwner('SuccessfulCreate', ({pod}) => `Created pod: ${nameIn(pod)}`),
  'pod-deleted': ofOwner('SuccessfulDelete', ({pod}) => `Deleted pod: ${nameIn(pod)}`),
  'node-not-ready': warning('NodeNotReady', () => 'Node is not ready'),
  'taint-eviction': normal('TaintManagerEviction', ({pod}) => `Marking for deletion Pod ${pod}`),
  OutOfcpu: outOf('cpu'),
  OutOfmemory: outOf('memory'),
  'OutOfephemeral-storage': outOf('ephemeral-storage'),
  OutOfpods: outOf('pods'),
};

export const eventNames = Object.keys(eventKinds) as EventName[];

function normal(reason: string, message: (of: EventOf) => string): Kind {
  return {type: 'Normal', reason, message};
}

function warning(reason: string, message: (of: EventOf) => string): Kind {
  return {type: 'Warning', reason, message};
}

function ofOwner(reason: string, message: (of: EventOf) => string): Kind {
  return {...normal(reason, message), ofOwner: true};
}

function nameIn(pod: string): string {
  return pod.slice(pod.indexOf('/') + 1);
}

function outOf(resource: string): Kind {
  return warning(
    `OutOf${resource}`,
    () => `Pod was rejected: Node didn't have enough resource: ${resource}`,
  );
}
