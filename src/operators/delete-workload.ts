// Deletes a workload and, unless told otherwise, its pods, as `kubectl delete`.

import {choiceOf} from '../options/choice.ts';
import {defineOperation} from './define-operation.ts';

export const deleteWorkload = defineOperation({
  do: 'delete',
  kinds: ['Deployment', 'ReplicaSet', 'ReplicationController', 'DaemonSet', 'Job'],
  options: {
    cascade: choiceOf(['background', 'foreground', 'orphan'])
      .default('background')
      .describe('what becomes of what it owns'),
  },
  perform({id}, {cascade}, {api}) {
    api.writeWorkload({verb: 'delete', workload: id, propagation: cascade ?? 'background'});
  },
});
