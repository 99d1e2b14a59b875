// The status of an object that no controller has looked at yet.

import {noJobStatus} from '../objects/job-object.ts';
import type {WorkloadObject} from '../objects/workload-object.ts';
import type {NewWorkload} from '../objects/workload-request.ts';

export function emptyStatus({kind}: NewWorkload): WorkloadObject['status'] {
  switch (kind) {
    case 'Deployment':
      return {...noReplicas, updatedReplicas: 0, revision: 0, progressing: undefined};
    case 'ReplicaSet':
    case 'ReplicationController':
      return noReplicas;
    case 'DaemonSet':
      return {
        observedGeneration: 0,
        desired: 0,
        current: 0,
        misscheduled: 0,
        ready: 0,
        updated: 0,
        available: 0,
      };
    case 'Job':
      return noJobStatus;
    case 'CronJob':
      return {active: [], lastSchedule: undefined};
    default:
      return undefined;
  }
}

const noReplicas = {
  observedGeneration: 0,
  replicas: 0,
  readyReplicas: 0,
  availableReplicas: 0,
};
