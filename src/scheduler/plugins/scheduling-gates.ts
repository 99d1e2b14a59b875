// A pod with scheduling gates is not looked at until somebody has removed them all
// (kube-scheduler's SchedulingGates).

import {definePlugin} from '../framework.ts';

export const schedulingGates = definePlugin({
  name: 'SchedulingGates',
  create: () => ({
    preEnqueue({shape}) {
      const gates = shape.template.spec.schedulingGates;
      if (gates.length === 0) return undefined;
      const reason = `waiting for scheduling gates: [${gates.join(' ')}]`;
      return {code: 'unresolvable', reasons: [reason]};
    },

    requeueOn: [
      {
        on: 'pod-gates-eliminated',
        hint: (pod, event) =>
          event.kind === 'pod-gates-eliminated' &&
          event.pod.id === pod.id &&
          event.pod.shape.template.spec.schedulingGates.length === 0,
      },
    ],
  }),
});
