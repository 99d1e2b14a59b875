// What a Deployment says of its rollout (pkg/controller/deployment/progress.go and sync.go).

import {second, type Time} from '../engine/time.ts';
import type {
  DeploymentObject,
  DeploymentStatus,
  ProgressCondition,
  ReplicaSetStatus,
} from '../objects/workload-object.ts';
import {sameFields} from './replica-set-status.ts';
import type {OwnedSet} from './revisions.ts';

export type SetsSeen = {
  readonly newest: OwnedSet | undefined;
  readonly old: readonly OwnedSet[];
};

/** The counts alone; revision and condition stay. */
export function countedStatus(
  {generation, status}: DeploymentObject,
  {newest, old}: SetsSeen,
): DeploymentStatus {
  const all = newest === undefined ? old : [...old, newest];
  const sum = (count: (status: ReplicaSetStatus) => number) =>
    all.reduce((total, {object}) => total + count(object.status), 0);
  return {
    ...status,
    observedGeneration: generation,
    replicas: sum(({replicas}) => replicas),
    updatedReplicas: newest?.object.status.replicas ?? 0,
    readyReplicas: sum(({readyReplicas}) => readyReplicas),
    availableReplicas: sum(({availableReplicas}) => availableReplicas),
  };
}

/** As DeploymentComplete. */
export function isComplete(
  {spec, generation}: DeploymentObject,
  status: DeploymentStatus,
): boolean {
  return (
    status.updatedReplicas === spec.replicas &&
    status.replicas === spec.replicas &&
    status.availableReplicas === spec.replicas &&
    status.observedGeneration >= generation
  );
}

/**
 * As syncRolloutStatus: a rollout that is over stays so until the next; one that moved has until
 * the deadline to move again.
 */
export function progressed(
  deployment: DeploymentObject,
  counted: DeploymentStatus,
  now: Time,
): ProgressCondition | undefined {
  const {spec, status: before} = deployment;
  const {progressing} = counted;
  if (spec.progressDeadline === undefined) return undefined;
  const over =
    counted.replicas === counted.updatedReplicas &&
    progressing?.reason === 'NewReplicaSetAvailable';
  if (over) return progressing;
  if (isComplete(deployment, counted)) return {reason: 'NewReplicaSetAvailable', updatedAt: now};
  if (moved(before, counted)) return {reason: 'ReplicaSetUpdated', updatedAt: now};
  if (progressing !== undefined && isStuck(progressing, spec.progressDeadline, now)) {
    return {reason: 'ProgressDeadlineExceeded', updatedAt: now};
  }
  return progressing;
}

const settled: ReadonlySet<ProgressCondition['reason']> = new Set([
  'ProgressDeadlineExceeded',
  'NewReplicaSetAvailable',
]);

// As DeploymentTimedOut. An announced failure is not announced again.
function isStuck({reason, updatedAt}: ProgressCondition, deadline: Time, now: Time): boolean {
  if (settled.has(reason)) return false;
  return reason !== 'DeploymentPaused' && updatedAt + deadline < now;
}

// As DeploymentProgressing.
function moved(before: DeploymentStatus, after: DeploymentStatus): boolean {
  return (
    after.updatedReplicas > before.updatedReplicas ||
    after.replicas - after.updatedReplicas < before.replicas - before.updatedReplicas ||
    after.readyReplicas > before.readyReplicas ||
    after.availableReplicas > before.availableReplicas
  );
}

/**
 * As requeueStuckDeployment: a second after the deadline, if nothing moves until then. The real
 * one also asks again and again about a rollout that is over while pods are unavailable; nothing
 * can come of that, so it is not played.
 */
export function deadlineCheck(
  deployment: DeploymentObject,
  {progressing, ...counts}: DeploymentStatus,
  now: Time,
): Time | undefined {
  const {progressDeadline} = deployment.spec;
  if (progressDeadline === undefined || progressing === undefined) return undefined;
  if (deployment.spec.paused || settled.has(progressing.reason)) return undefined;
  if (isComplete(deployment, {...counts, progressing})) return undefined;
  return Math.max(0, progressing.updatedAt + progressDeadline - now) + second;
}

export function sameStatus(a: DeploymentStatus, b: DeploymentStatus): boolean {
  const {progressing: left, ...leftCounts} = a;
  const {progressing: right, ...rightCounts} = b;
  if (!sameFields(leftCounts, rightCounts)) return false;
  return left?.reason === right?.reason && left?.updatedAt === right?.updatedAt;
}
