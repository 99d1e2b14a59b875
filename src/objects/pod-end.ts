// How a pod has failed: its reason, and the exit code of the container that did it, in one number.

import {type FailureReason, failureReasons} from './failure-reason.ts';

export type PodEnd = {
  readonly reason: FailureReason;
  readonly exit: ContainerExit | undefined;
};

export type ContainerExit = {
  /** Its place in the pod, init containers first. */
  readonly container: number;
  readonly code: number;
};

const reasons = 64;
const codes = 256;

export function endNumber({reason, exit}: PodEnd): number {
  const what = failureReasons.indexOf(reason);
  return exit === undefined ? what : what + reasons * (exit.code + codes * (exit.container + 1));
}

export function endOfNumber(number: number): PodEnd {
  const reason = failureReasons[number % reasons];
  const rest = Math.floor(number / reasons);
  const container = Math.floor(rest / codes) - 1;
  return {reason, exit: container < 0 ? undefined : {container, code: rest % codes}};
}
