// How long a client pauses before it tries again: longer each time up to a most, spread by chance,
// so that clients that failed together do not come back together (Envoy draws from 0 to the pause;
// gRPC, A6, 20 % around it).

import {pow} from '../../engine/math.ts';
import type {RandomStream} from '../../engine/random.ts';
import type {Time} from '../../engine/time.ts';
import type {RetryOptions} from './calling.ts';

/** `count`: tries that have failed. */
export function pauseBefore(
  count: number,
  {base, factor, most, jitter}: RetryOptions['backOff'],
  stream: RandomStream | undefined,
): Time {
  if (base === 0) return 0;
  const pause = Math.min(most, base * pow(factor, count - 1));
  if (stream === undefined || jitter === 0) return pause;
  if (jitter === 'full') return pause * stream.uniform();
  return pause * stream.uniform(1 - jitter, 1 + jitter);
}
