// Empties nodes, as `kubectl drain`; what that takes is in drains.ts.

import * as z from 'zod';
import {duration} from '../options/duration.ts';
import {onNodes} from './define-operation.ts';

export const drain = onNodes({
  do: 'drain',
  options: {
    timeout: duration({from: 1}).optional().describe('give up after; never unless written'),
    ignoreDaemonSets: z
      .boolean()
      .default(true)
      .describe('leave pods of DaemonSets there; else one makes the drain fail'),
    force: z
      .boolean()
      .default(false)
      .describe('evict pods that nobody makes again, too; else one makes the drain fail'),
  },
  perform(node, options, {drainer}) {
    drainer.drain(node, options);
  },
});
