// Takes nodes out of the cluster for good: first emptied where that is wanted, then deleted from
// the API and switched off.

import * as z from 'zod';
import {onNodes} from './define-operation.ts';

export const removeNode = onNodes({
  do: 'remove-node',
  options: {
    drain: z.boolean().default(false).describe('empty it first'),
  },
  perform(node, {drain}, {api, drainer, machines}) {
    if (drain) {
      drainer.drain(node, {ignoreDaemonSets: true, force: true, thenRemove: true});
      return;
    }
    api.writeNode({verb: 'delete', node});
    machines.withoutPower.take(node);
  },
});
