// Jobs as tests want them: everything irrelevant has the API server's default.

import type {JobSpec} from '../../src/objects/job-object.ts';
import {templateWith} from '../support/pods-and-nodes.ts';

export function jobSpec(name: string, spec: Partial<JobSpec> = {}): JobSpec {
  const template = templateWith({labels: {app: name}, owner: {kind: 'Job', name}});
  return {
    template: {...template, spec: {...template.spec, restartPolicy: 'Never'}},
    parallelism: 1,
    completions: 1,
    indexed: false,
    backoffLimit: 6,
    backoffLimitPerIndex: undefined,
    maxFailedIndexes: undefined,
    podFailurePolicy: undefined,
    successPolicy: undefined,
    podReplacementPolicy: 'TerminatingOrFailed',
    activeDeadline: undefined,
    suspend: false,
    ttlAfterFinished: undefined,
    ...spec,
  };
}
