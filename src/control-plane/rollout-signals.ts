// What a workload's new spec or status tells those who measure: it is scaled, a rollout began, is
// over or stuck, a Job ended.

import type {WorkloadId} from '../objects/ids.ts';
import {sameTemplate} from '../objects/template-text.ts';
import type {ControlledObject, WorkloadObject} from '../objects/workload-object.ts';
import type {WorkloadSignals} from '../objects/workload-signals.ts';

export function tellOfSpec(
  {scaled, rolloutStarted}: WorkloadSignals,
  workload: WorkloadId,
  {before, after}: {before: WorkloadObject; after: WorkloadObject},
): void {
  const [from, to] = [replicasOf(before), replicasOf(after)];
  if (from !== to) scaled.emit(workload, from, to);
  if (before.kind !== 'Deployment' || after.kind !== 'Deployment') return;
  if (!sameTemplate(before.spec.template, after.spec.template)) rolloutStarted.emit(workload);
}

export function tellOfStatus(
  signals: WorkloadSignals,
  workload: WorkloadId,
  {kind, status: before}: WorkloadObject,
  after: ControlledObject['status'],
): void {
  if (kind === 'Job' && 'finished' in after) {
    if (before.finished !== undefined || after.finished === undefined) return;
    signals.jobFinished.emit(workload, after.finished.as);
  }
  if (kind !== 'Deployment' || !('progressing' in after)) return;
  const reason = after.progressing?.reason;
  if (reason === undefined || reason === before.progressing?.reason) return;
  if (reason === 'NewReplicaSetAvailable') signals.rolloutCompleted.emit(workload);
  if (reason === 'ProgressDeadlineExceeded') signals.rolloutStalled.emit(workload);
}

function replicasOf({spec}: WorkloadObject): number {
  return 'replicas' in spec ? spec.replicas : 0;
}
