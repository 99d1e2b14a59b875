// The order of the queue: higher priority first, then whoever has been waiting in it longer
// (kube-scheduler's PrioritySort).

import {definePlugin} from '../framework.ts';

export const prioritySort = definePlugin({
  name: 'PrioritySort',
  create: () => ({
    less(left, right) {
      if (left.priority !== right.priority) return left.priority > right.priority;
      return left.queuedAt < right.queuedAt;
    },
  }),
});
