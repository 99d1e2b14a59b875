// Keeps pods off nodes whose taints they do not tolerate, and prefers nodes with fewer
// PreferNoSchedule taints that they do not tolerate (kube-scheduler's TaintToleration).

import type {Taint} from '../../objects/node-spec.ts';
import type {Toleration} from '../../objects/pod-spec.ts';
import {isTolerated, untoleratedTaint} from '../../objects/tolerations.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {PodShape} from '../cache/pod-shape.ts';
import type {ClusterEvent} from '../cluster-event.ts';
import {normalizeScoresReversed} from '../cycle/normalize.ts';
import type {Rejection, RequeueHint} from '../framework.ts';
import {definePlugin} from '../framework.ts';
import {comparisonOperators} from './comparison-operators.ts';
import {isOwnUpdate} from './own-update.ts';

export const taintToleration = definePlugin({
  name: 'TaintToleration',

  create(handle) {
    const comparing = comparisonOperators(handle);
    const rejections = new TaintRejections();
    let prepared: PodShape | undefined;
    let soft: readonly Toleration[] = [];

    return {
      reads: {filter: 'object', score: 'node'},

      filter({shape}, {taints}) {
        if (taints.length === 0) return undefined;
        const taint = untoleratedTaint(taints, shape.template.spec.tolerations, comparing);
        return taint === undefined ? undefined : rejections.of(taint);
      },

      score({shape}, {taints}) {
        if (taints.length === 0) return 0;
        if (shape !== prepared) soft = softTolerations(shape);
        prepared = shape;
        let untolerated = 0;
        for (const taint of taints) {
          if (taint.effect !== 'PreferNoSchedule') continue;
          if (!isTolerated(taint, soft, comparing)) untolerated++;
        }
        return untolerated;
      },

      // The real plugin never skips: without untolerated taints every node gets 100.
      normalizeScores(_pod, scores, nodes) {
        normalizeScoresReversed(scores, nodes.length);
      },

      requeueOn: taintHints(comparing),
    };
  },
});

// For the score only tolerations of no effect or of PreferNoSchedule count.
function softTolerations({template}: PodShape): readonly Toleration[] {
  return template.spec.tolerations.filter(
    ({effect}) => effect === '' || effect === 'PreferNoSchedule',
  );
}

function taintHints(comparing: boolean): RequeueHint[] {
  const admits = (taints: readonly Taint[], {shape}: PodInfo) =>
    untoleratedTaint(taints, shape.template.spec.tolerations, comparing) === undefined;
  const opened = (pod: PodInfo, event: ClusterEvent) => {
    if (event.kind === 'node-added') return admits(event.node.taints, pod);
    if (event.kind !== 'node-taints-changed') return false;
    return admits(event.node.taints, pod) && !admits(event.before.taints, pod);
  };
  return [
    {on: 'node-added', hint: opened},
    {on: 'node-taints-changed', hint: opened},
    {on: 'pod-tolerations-changed', hint: isOwnUpdate},
  ];
}

/** One rejection per taint, so that a thousand nodes with the same taint share it. */
class TaintRejections {
  readonly #byTaint = new WeakMap<Taint, Rejection>();
  readonly #byReason = new Map<string, Rejection>();

  of(taint: Taint): Rejection {
    const known = this.#byTaint.get(taint);
    if (known !== undefined) return known;
    const reason = `node(s) had untolerated taint {${taint.key}: ${taint.value}}`;
    const rejection = this.#byReason.get(reason) ?? {code: 'unresolvable', reasons: [reason]};
    this.#byReason.set(reason, rejection);
    this.#byTaint.set(taint, rejection);
    return rejection;
  }
}
