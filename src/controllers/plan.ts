// What one sync of one item decided to write. A controller decides from its view alone and in one
// go; the work loop then sends the requests as the real one would and waits for the answers.

import type {Time} from '../engine/time.ts';
import type {PodId, WorkloadId} from '../objects/ids.ts';
import type {ObjectRequest} from '../objects/object-request.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import type {WorkloadRequest} from '../objects/workload-request.ts';

export type Plan = {
  /** A batch goes when all of the one before were answered well; a failure drops the rest. */
  readonly batches: readonly (readonly PlannedRequest[])[];
  /** Sent at the end, whatever became of the batches: mostly the status. */
  readonly last?: PlannedRequest | undefined;
  /** Something is not as it has to be: after all is sent, the item comes again, as a failed one. */
  readonly failed?: boolean;
  /** When to look again if nothing happens before. */
  readonly again?: Time | undefined;
};

export type PlannedRequest =
  | {
      readonly verb: 'create-pod';
      readonly name: string;
      readonly template: PodTemplate;
      readonly owner: WorkloadId;
      readonly lifetime: Time | undefined;
    }
  | {readonly verb: 'delete-pod'; readonly pod: PodId}
  | {readonly verb: 'release-pod'; readonly pod: PodId}
  | {readonly verb: 'adopt-pod'; readonly pod: PodId; readonly owner: WorkloadId}
  | {readonly verb: 'write-object'; readonly request: ObjectRequest}
  | WorkloadRequest;

export const nothing: Plan = {batches: []};

/**
 * Batches of 1, 2, 4 … so that a creation that must fail fails once and not a thousand times
 * (controller_utils.go, slowStartBatch).
 */
export function slowStart<T>(requests: readonly T[]): T[][] {
  const batches: T[][] = [];
  let size = 1;
  for (let from = 0; from < requests.length; from += batches[batches.length - 1].length) {
    batches.push(requests.slice(from, from + size));
    size *= 2;
  }
  return batches;
}
