// What a controller has asked for and not yet seen: until its own creations and deletions arrive
// through the watch, counting pods would count wrong (controller_utils.go, ControllerExpectations
// and UIDTrackingControllerExpectations).

import {minute, type Time} from '../engine/time.ts';
import type {PodId, WorkloadId} from '../objects/ids.ts';

/** After this long the controller looks again, whatever it has seen. */
const timeout: Time = 5 * minute;

type Expected = {creations: number; readonly deletions: Set<PodId>; readonly since: Time};

export class Expectations {
  #expected = new Map<WorkloadId, Expected>();

  expect(owner: WorkloadId, now: Time, {creations = 0, deletions = [] as readonly PodId[]}): void {
    this.#expected.set(owner, {creations, deletions: new Set(deletions), since: now});
  }

  /** Also for a creation that failed or was never sent. */
  creationSeen(owner: WorkloadId): void {
    const expected = this.#expected.get(owner);
    if (expected !== undefined && expected.creations > 0) expected.creations--;
  }

  deletionSeen(owner: WorkloadId, pod: PodId): void {
    this.#expected.get(owner)?.deletions.delete(pod);
  }

  satisfied(owner: WorkloadId, now: Time): boolean {
    const expected = this.#expected.get(owner);
    if (expected === undefined) return true;
    const {creations, deletions, since} = expected;
    return (creations === 0 && deletions.size === 0) || now - since > timeout;
  }

  forget(owner: WorkloadId): void {
    this.#expected.delete(owner);
  }

  /** The process that expected something has ended. */
  clear(): void {
    this.#expected.clear();
  }

  save(): ReadonlyMap<WorkloadId, Expected> {
    return this.#expected;
  }

  restore(saved: ReadonlyMap<WorkloadId, Expected>): void {
    this.#expected = new Map(saved);
  }
}
