// A cordoned node takes only pods that tolerate its being so (kube-scheduler's NodeUnschedulable).

import type {Taint} from '../../objects/node-spec.ts';
import {isTolerated} from '../../objects/tolerations.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {ClusterEvent} from '../cluster-event.ts';
import type {Rejection} from '../framework.ts';
import {definePlugin} from '../framework.ts';
import {comparisonOperators} from './comparison-operators.ts';
import {isOwnUpdate} from './own-update.ts';

const cordoned: Rejection = {code: 'unresolvable', reasons: ['node(s) were unschedulable']};

const taint: Taint = {
  key: 'node.kubernetes.io/unschedulable',
  value: '',
  effect: 'NoSchedule',
};

export const nodeUnschedulable = definePlugin({
  name: 'NodeUnschedulable',

  create(handle) {
    const comparing = comparisonOperators(handle);

    function admits(unschedulable: boolean, {shape}: PodInfo): boolean {
      if (!unschedulable) return true;
      return isTolerated(taint, shape.template.spec.tolerations, comparing);
    }

    function opened(pod: PodInfo, event: ClusterEvent): boolean {
      if (event.kind === 'node-added') return admits(event.node.unschedulable, pod);
      if (event.kind !== 'node-taints-changed') return false;
      return admits(event.node.unschedulable, pod) && !admits(event.before.unschedulable, pod);
    }

    return {
      reads: {filter: 'object'},

      filter(pod, node) {
        return !node.unschedulable || admits(true, pod) ? undefined : cordoned;
      },

      requeueOn: [
        {on: 'node-added', hint: opened},
        {on: 'node-taints-changed', hint: opened},
        {on: 'pod-tolerations-changed', hint: isOwnUpdate},
      ],
    };
  },
});
