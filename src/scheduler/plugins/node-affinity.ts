// A pod's nodeSelector and node affinity: what it demands filters, what it prefers scores
// (kube-scheduler's NodeAffinity). A profile may add an affinity for all pods.

import type {NodeSelectorTerm} from '../../objects/pod-spec.ts';
import {NodeInfo} from '../cache/node-info.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {ClusterEvent} from '../cluster-event.ts';
import {normalizeScores} from '../cycle/normalize.ts';
import type {Rejection} from '../framework.ts';
import {definePlugin} from '../framework.ts';
import {nodeAffinityArgs} from './node-affinity-args.ts';
import {PodNodeAffinity} from './pod-node-affinity.ts';

const termsConflict: Rejection = {
  code: 'unresolvable',
  reasons: ['pod affinity terms conflict'],
};

export const nodeAffinity = definePlugin({
  name: 'NodeAffinity',
  options: nodeAffinityArgs,

  create(_handle, {addedAffinity}) {
    const affinity = new PodNodeAffinity(addedAffinity);
    const opened = ({shape}: PodInfo, event: ClusterEvent) => {
      if (event.kind !== 'node-added' && event.kind !== 'node-labels-changed') return false;
      if (affinity.check(shape, event.node) !== undefined) return false;
      if (event.kind === 'node-added') return true;
      return affinity.check(shape, new NodeInfo(event.before)) !== undefined;
    };

    return {
      reads: {filter: 'object', score: 'node'},

      preFilter({shape}) {
        if (affinity.demandsNothing(shape)) return 'skip';
        const names = nodeNames(shape.template.spec.nodeAffinity?.required ?? []);
        return names?.size === 0 ? termsConflict : names;
      },
      filter({shape}, node) {
        return affinity.check(shape, node);
      },

      preScore({shape}) {
        return affinity.prefersNothing(shape) ? 'skip' : undefined;
      },
      score({shape}, node) {
        return affinity.preference(shape, node);
      },
      normalizeScores(_pod, scores, nodes) {
        normalizeScores(scores, nodes.length);
      },

      requeueOn: [
        {on: 'node-added', hint: opened},
        {on: 'node-labels-changed', hint: opened},
      ],
    };
  },
});

/**
 * The only nodes in question, when every term pins metadata.name: the terms are alternatives, the
 * fields of one term must agree. Pods of a DaemonSet are pinned so.
 */
function nodeNames(terms: readonly NodeSelectorTerm[]): Set<string> | undefined {
  if (terms.length === 0) return undefined;
  const all = new Set<string>();
  for (const {fields} of terms) {
    const pins = fields.filter(({key, operator}) => key === 'metadata.name' && operator === 'In');
    if (pins.length === 0) return undefined;
    for (const name of pins[0].values) {
      if (pins.every(({values}) => values.includes(name))) all.add(name);
    }
  }
  return all;
}
