// What a workload's new spec or status tells those who measure: it is scaled, a rollout began, is
// over or stuck, a Job ended.

import type {WorkloadId} from '../objects/ids.ts';
import {sameTemplate} from '../objects/template-text.ts';
import type {
  ControlledObject,
  DaemonSetObject,
  DaemonSetStatus,
  WorkloadObject,
} from '../objects/workload-object.ts';
import type {WorkloadSignals} from '../objects/workload-signals.ts';

export function tellOfNew(
  {created, rolloutStarted}: WorkloadSignals,
  workload: WorkloadId,
  object: WorkloadObject,
): void {
  created.emit(workload);
  if (rollsOut(object)) rolloutStarted.emit(workload);
}

export function tellOfSpec(
  {scaled, rolloutStarted}: WorkloadSignals,
  workload: WorkloadId,
  {before, after}: {before: WorkloadObject; after: WorkloadObject},
): void {
  const [from, to] = [replicasOf(before), replicasOf(after)];
  if (from !== to) scaled.emit(workload, from, to);
  if (!rollsOut(before) || !rollsOut(after)) return;
  if (!sameTemplate(before.spec.template, after.spec.template)) rolloutStarted.emit(workload);
}

export function tellOfStatus(
  signals: WorkloadSignals,
  workload: WorkloadId,
  object: WorkloadObject,
  after: ControlledObject['status'],
): void {
  const {kind, status: before} = object;
  if (kind === 'Job' && 'finished' in after) {
    if (before.finished !== undefined || after.finished === undefined) return;
    signals.jobFinished.emit(workload, after.finished.as);
  }
  if (object.kind === 'DaemonSet' && 'misscheduled' in after) {
    if (isThrough(object, after) && !isThrough(object, object.status)) {
      signals.rolloutCompleted.emit(workload);
    }
  }
  if (kind !== 'Deployment' || !('progressing' in after)) return;
  const reason = after.progressing?.reason;
  if (reason === undefined || reason === before.progressing?.reason) return;
  if (reason === 'NewReplicaSetAvailable') signals.rolloutCompleted.emit(workload);
  if (reason === 'ProgressDeadlineExceeded') signals.rolloutStalled.emit(workload);
}

type RollingObject = Extract<WorkloadObject, {kind: 'Deployment' | 'DaemonSet'}>;

/** With `OnDelete` it is nobody's task but the user's. */
function rollsOut(object: WorkloadObject): object is RollingObject {
  if (object.kind === 'DaemonSet') return object.spec.strategy.type === 'RollingUpdate';
  return object.kind === 'Deployment';
}

// As `kubectl rollout status` (polymorphichelpers/rollout_status.go).
function isThrough({generation}: DaemonSetObject, status: DaemonSetStatus): boolean {
  const {observedGeneration, desired, updated, available} = status;
  return observedGeneration >= generation && updated >= desired && available >= desired;
}

function replicasOf({spec}: WorkloadObject): number {
  return 'replicas' in spec ? spec.replicas : 0;
}
