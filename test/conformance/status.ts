// The outcome of a phase in the cases' words: Kubernetes' status codes and short tokens for its
// messages.

import type {Rejection} from '../../src/scheduler/framework.ts';

export type Status = {readonly code: string; readonly reasons: readonly string[]};

export const success: Status = {code: 'Success', reasons: []};
export const skip: Status = {code: 'Skip', reasons: []};

const codes: Record<Rejection['code'], string> = {
  unschedulable: 'Unschedulable',
  unresolvable: 'UnschedulableAndUnresolvable',
  pending: 'Pending',
  error: 'Error',
};

export function statusOf(outcome: Rejection | undefined): Status {
  if (outcome === undefined) return success;
  return {code: codes[outcome.code], reasons: outcome.reasons.map(token).sort()};
}

/** What a case expects: a code alone or with reasons, of which the order means nothing. */
export function expectedStatus(written: unknown): Status | string {
  if (typeof written === 'string') return written;
  const {code = 'Success', reasons} = written as {code?: string; reasons?: string[]};
  return reasons === undefined ? code : {code, reasons: [...reasons].sort()};
}

const tokens: readonly (readonly [message: RegExp, token: string])[] = [
  [/^Too many pods$/, 'TooManyPods'],
  [/^node\(s\) had untolerated taint/, 'UntoleratedTaint'],
  [/^node\(s\) didn't match Pod's node affinity/, 'NodeAffinityMismatch'],
  [/scheduler-enforced node affinity$/, 'EnforcedNodeAffinityMismatch'],
  [/^pod affinity terms conflict$/, 'NodeAffinityTermsConflict'],
  [/didn't match pod affinity rules$/, 'PodAffinity'],
  [/didn't match pod anti-affinity rules$/, 'PodAntiAffinity'],
  [/existing pods anti-affinity rules$/, 'ExistingPodAntiAffinity'],
  [/free ports for the requested pod ports$/, 'HostPortConflict'],
  [/requested node name$/, 'NodeNameMismatch'],
  [/^node\(s\) were unschedulable$/, 'NodeUnschedulable'],
  [/SidecarContainers feature is disabled$/, 'SidecarsDisabled'],
  [/^parsing pod: /, 'ParseError'],
];

function token(message: string): string {
  if (message.startsWith('Insufficient ')) return message.replace(' ', ':');
  return tokens.find(([pattern]) => pattern.test(message))?.[1] ?? message;
}
