// Another number of replicas, as `kubectl scale`.

import * as z from 'zod';
import {onWorkload} from './define-operation.ts';

export const scale = onWorkload({
  do: 'scale',
  kinds: ['Deployment', 'ReplicaSet', 'ReplicationController'],
  options: {replicas: z.int().min(0).max(1e6).describe('wanted from then on')},
  perform({id}, {replicas}, {api}) {
    api.writeWorkload({verb: 'update', workload: id, version: undefined, spec: {replicas}});
  },
});
