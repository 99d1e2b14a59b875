// The containers of a pod run on and answer nothing, until they are started again, as by a liveness
// probe, or for a time.

import {duration} from '../options/duration.ts';
import {definePodFault} from './pod-fault.ts';

export const podHang = definePodFault({
  kind: 'pod-hang',
  options: {
    lasts: duration({from: 1})
      .optional()
      .describe('how long; without it until they are started again'),
  },
  take: (pod, {lasts}, containers) => containers.hang(pod, lasts),
});
