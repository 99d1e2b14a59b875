// When a client sends its SYN again to an address that does not answer, and when it gives up: the
// first pause is 1 s, and every pause is twice the one before, but for the first few, which are all
// alike on kernels from 6.5 on (tcp_syn_retries, tcp_syn_linear_timeouts; ip-sysctl.rst).

import {second, type Time} from '../../engine/time.ts';

export type SynSchedule = {
  readonly sent: readonly Time[];
  /** ETIMEDOUT. */
  readonly givenUp: Time;
};

const longestPause = 120 * second;

export function synSchedule({
  retries = 6,
  linear,
}: {
  readonly retries?: number;
  readonly linear: number;
}): SynSchedule {
  const sent: Time[] = [];
  let time = 0;
  let pause = second;
  // The alike ones come on top of the retries that back off.
  for (let attempt = 0; attempt <= retries + linear; attempt++) {
    sent.push(time);
    time += pause;
    if (attempt >= linear) pause = Math.min(2 * pause, longestPause);
  }
  return {sent, givenUp: time};
}
