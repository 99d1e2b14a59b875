// What a scheduling cycle decided, held until the cycle's time is over and it takes effect. Pods
// and nodes are named, not pointed to, so that a run can be saved in the middle of a cycle.

import type {Refusal} from '../objects/pod-signals.ts';
import type {Attempt, Diagnosis} from './attempt.ts';
import type {PostFilterResult} from './framework.ts';

export type Verdict = {readonly kind: 'placed'} | RefusedVerdict;

export type RefusedVerdict = {
  readonly kind: 'refused';
  readonly rejectedBy: readonly string[];
  readonly firstFailingPlugin: string;
  readonly result: Refusal['result'];
  readonly message: string;
  readonly preemption: Preemption | undefined;
  /** An earlier nomination no longer stands. */
  readonly clearNomination: boolean;
};

/** Pods by their numbers. */
export type Preemption = {readonly node: string; readonly victims: readonly number[]};

export const placed: Verdict = {kind: 'placed'};

export function refusedBecause(
  {diagnosis}: Attempt,
  postFilter: PostFilterResult | undefined,
  pluginOrder: readonly string[],
): RefusedVerdict {
  if (diagnosis === undefined) throw new Error('a refused attempt has no diagnosis');
  const rejectedBy = diagnosis.rejectedBy();
  const nominated = postFilter?.nominate;
  return {
    kind: 'refused',
    rejectedBy: [...rejectedBy],
    firstFailingPlugin: pluginOrder.find(name => rejectedBy.has(name)) ?? '',
    result: isError(diagnosis) ? 'error' : 'unschedulable',
    message: messageOf(diagnosis, postFilter),
    preemption:
      postFilter === undefined || nominated === undefined
        ? undefined
        : {node: nominated.name, victims: victimsOf(postFilter)},
    clearNomination: postFilter?.nominate === undefined && postFilter?.clearNomination === true,
  };
}

function victimsOf(result: PostFilterResult): number[] {
  return result.nominate === undefined ? [] : result.victims.map(({id}) => id);
}

function isError({preFilter}: Diagnosis): boolean {
  return preFilter?.rejection.code === 'error';
}

function messageOf(diagnosis: Diagnosis, postFilter: PostFilterResult | undefined): string {
  const message = diagnosis.message();
  if (postFilter === undefined || postFilter.nominate !== undefined) return message;
  return postFilter.reasons.length === 0 ? message : `${message} ${postFilter.reasons.join(', ')}`;
}
