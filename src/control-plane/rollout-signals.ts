// What a controller's new status tells those who measure: a rollout is over or stuck, a Job ended.

import type {WorkloadId} from '../objects/ids.ts';
import type {ControlledObject, WorkloadObject} from '../objects/workload-object.ts';
import type {WorkloadSignals} from '../objects/workload-signals.ts';

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
