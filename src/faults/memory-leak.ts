// The containers of a pod use more and more memory, until they are started again: by its limit, by
// the node's memory, or by hand.

import {quantity} from '../options/quantity.ts';
import {definePodFault} from './pod-fault.ts';

export const memoryLeak = definePodFault({
  kind: 'memory-leak',
  options: {
    perMinute: quantity({from: 1}).describe('how much more memory every minute'),
  },
  take: (pod, {perMinute}, containers) => containers.leak(pod, perMinute / 60),
});
