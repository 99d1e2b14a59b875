// Notes in a Job's status the pods that go before its controller has counted them. In a real
// cluster their finalizer keeps them until then; here their row goes and what counts is kept.

import type {Time} from '../engine/time.ts';
import type {Disruption} from '../objects/disruption.ts';
import type {PodId} from '../objects/ids.ts';
import {completionIndexOf, type GonePod, type JobObject} from '../objects/job-object.ts';
import type {Store} from '../objects/store.ts';

export function noteGone(
  {pods, workloads}: Store,
  pod: PodId,
  {disruption, now}: {disruption: Disruption | undefined; now: Time},
): void {
  const owner = pods.owner(pod);
  const job = owner === undefined ? undefined : workloads.get(owner);
  if (owner === undefined || job?.kind !== 'Job' || job.status.finished !== undefined) return;
  const serial = pods.serial(pod);
  if (job.status.counted.includes(serial)) return;
  const phase = pods.phase(pod);
  const gone: GonePod = {
    serial,
    succeeded: phase === 'Succeeded',
    endedAt: now,
    index: completionIndexOf(pods.template(pod)),
    end: phase === 'Failed' ? pods.howEnded(pod) : undefined,
    disruption,
  };
  const status = {...job.status, gone: [...job.status.gone, gone]};
  const next: JobObject = {...job, version: job.version + 1, status};
  workloads.replace(owner, next, now);
}
