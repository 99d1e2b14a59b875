// A master loses power, and with it its API server, its etcd member and whatever leads there.

import {defineMasterFault} from './master-fault.ts';
import {givePower, takePower} from './power.ts';

export const masterLoss = defineMasterFault({
  kind: 'master-loss',
  take: (id, world) => takePower({type: 'master', id}, world),
  release: (id, world) => givePower({type: 'master', id}, world),
});
