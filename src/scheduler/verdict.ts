// What a scheduling cycle decided, held until the cycle's time is over and it takes effect. Pods
// and nodes are named, not pointed to, so that a run can be saved in the middle of a cycle.

import type {Refusal} from '../objects/pod-signals.ts';
import type {Attempt, Diagnosis} from './cycle/attempt.ts';
import type {PostFilterResult} from './framework.ts';
import type {Failure} from './profile.ts';
import type {Rejectors} from './queue/queue-options.ts';

export type Verdict = {readonly kind: 'placed'} | RefusedVerdict;

export type RefusedVerdict = Rejectors & {
  readonly kind: 'refused';
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

/** `postFilter` is absent when no PostFilter plugin was asked, or none had anything to say. */
export function refusedBecause(
  {diagnosis}: Attempt,
  postFilter: PostFilterResult | undefined,
  pluginOrder: readonly string[],
): RefusedVerdict {
  if (diagnosis === undefined) throw new Error('a refused attempt has no diagnosis');
  const rejectedBy = diagnosis.rejectedBy();
  const {isError} = diagnosis;
  const message = diagnosis.message();
  return {
    kind: 'refused',
    // As handleSchedulingFailure: an error is nobody's rejection, and comes back by itself.
    rejectedBy: isError ? [] : [...rejectedBy],
    pendingOn: isError ? [] : [...diagnosis.pendingOn()],
    firstFailingPlugin: mainPlugin(diagnosis, pluginOrder),
    result: isError ? 'error' : 'unschedulable',
    message: [message, ...reasonsOf(postFilter)].join(' '),
    preemption: preemptionOf(postFilter),
    clearNomination: postFilter?.nominate === undefined && postFilter?.clearNomination !== false,
  };
}

/**
 * On each node the first plugin that fails decides; of those, the one that decided on most nodes.
 * Where two decided on as many, the one that runs first.
 */
function mainPlugin(diagnosis: Diagnosis, pluginOrder: readonly string[]): string {
  const nodes = new Map<string, number>();
  for (const [{plugin}, count] of diagnosis.counts) {
    nodes.set(plugin, (nodes.get(plugin) ?? 0) + count);
  }
  const rejectedBy = diagnosis.rejectedBy();
  const most = Math.max(0, ...nodes.values());
  const main = pluginOrder.find(name => rejectedBy.has(name) && (nodes.get(name) ?? 0) === most);
  return main ?? pluginOrder.find(name => rejectedBy.has(name)) ?? '';
}

/**
 * For a pod that had its node: a plugin turned it away before or while it was bound, or the API
 * server did.
 */
export function refusedWhileBinding(failure: Failure | undefined): RefusedVerdict {
  const isError = failure === undefined || failure.rejection.code === 'error';
  const reasons = failure?.rejection.reasons.join(', ');
  const rejectors = failure === undefined || isError ? [] : [failure.plugin];
  return {
    kind: 'refused',
    rejectedBy: rejectors,
    pendingOn: failure?.rejection.code === 'pending' ? rejectors : [],
    firstFailingPlugin: failure?.plugin ?? '',
    result: isError ? 'error' : 'unschedulable',
    message: isError
      ? `binding rejected: ${reasons ?? 'the API server refused it'}`
      : `0/1 nodes are available: 1 ${reasons}.`,
    preemption: undefined,
    clearNomination: true,
  };
}

function preemptionOf(result: PostFilterResult | undefined): Preemption | undefined {
  if (result?.nominate === undefined) return undefined;
  return {node: result.nominate.name, victims: result.victims.map(({id}) => id)};
}

function reasonsOf(result: PostFilterResult | undefined): readonly string[] {
  if (result === undefined || result.nominate !== undefined || result.reasons.length === 0)
    return [];
  return [result.reasons.join(', ')];
}
