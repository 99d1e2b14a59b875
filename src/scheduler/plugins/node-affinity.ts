// A pod's nodeSelector and node affinity: what it demands filters, what it prefers scores
// (kube-scheduler's NodeAffinity). A profile may add an affinity for all pods.

import type {NodeSelectorTerm} from '../../objects/pod-spec.ts';
import type {ClusterEvent} from '../cluster-event.ts';
import type {Rejection} from '../framework.ts';
import {definePlugin} from '../framework.ts';
import {NodeInfo} from '../node-info.ts';
import {normalizeScores} from '../normalize.ts';
import type {PodInfo} from '../pod-info.ts';
import type {PodShape} from '../pod-shape.ts';
import {nodeAffinityArgs} from './node-affinity-args.ts';
import type {PreparedTerm, RequiredNodeAffinity} from './required-node-affinity.ts';
import {
  matchesAny,
  matchesTerm,
  prepareTerm,
  prepareTerms,
  requiredNodeAffinity,
  satisfies,
} from './required-node-affinity.ts';

const mismatch: Rejection = {
  code: 'unresolvable',
  reasons: ["node(s) didn't match Pod's node affinity/selector"],
};
const enforcedMismatch: Rejection = {
  code: 'unresolvable',
  reasons: ["node(s) didn't match scheduler-enforced node affinity"],
};
const termsConflict: Rejection = {
  code: 'unresolvable',
  reasons: ['pod affinity terms conflict'],
};

type Wish = {readonly weight: number; readonly term: PreparedTerm};

export const nodeAffinity = definePlugin({
  name: 'NodeAffinity',
  options: nodeAffinityArgs,

  create(_handle, {addedAffinity}) {
    const enforced =
      addedAffinity?.required === undefined ? undefined : prepareTerms(addedAffinity.required);
    const addedWishes = prepareWishes(addedAffinity?.preferred ?? []);
    let prepared: PodShape | undefined;
    let required: RequiredNodeAffinity | undefined;
    let wishes: readonly Wish[] = [];

    function prepare(shape: PodShape): void {
      if (shape === prepared) return;
      const {spec} = shape.template;
      prepared = shape;
      required = requiredNodeAffinity(spec);
      wishes = [...addedWishes, ...prepareWishes(spec.nodeAffinity?.preferred ?? [])];
    }

    function filter({shape}: PodInfo, node: NodeInfo): Rejection | undefined {
      prepare(shape);
      if (enforced !== undefined && !matchesAny(node, enforced)) return enforcedMismatch;
      return required === undefined || satisfies(node, required) ? undefined : mismatch;
    }

    function opened(pod: PodInfo, event: ClusterEvent): boolean {
      if (event.kind !== 'node-added' && event.kind !== 'node-labels-changed') return false;
      if (filter(pod, event.node) !== undefined) return false;
      return event.kind === 'node-added' || filter(pod, new NodeInfo(event.before)) !== undefined;
    }

    return {
      reads: {filter: 'node', score: 'node'},

      preFilter({shape}) {
        prepare(shape);
        if (required === undefined && enforced === undefined) return 'skip';
        const names = nodeNames(shape.template.spec.nodeAffinity?.required ?? []);
        return names?.size === 0 ? termsConflict : names;
      },
      filter,

      preScore({shape}) {
        const preferred = shape.template.spec.nodeAffinity?.preferred ?? [];
        return preferred.length === 0 && addedWishes.length === 0 ? 'skip' : undefined;
      },

      score({shape}, node) {
        prepare(shape);
        let score = 0;
        for (const {weight, term} of wishes) if (matchesTerm(node, term)) score += weight;
        return score;
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

// A preference of weight 0, and one that is empty or does not parse, is none.
function prepareWishes(
  preferred: readonly {readonly weight: number; readonly term: NodeSelectorTerm}[],
): Wish[] {
  return preferred.flatMap(({weight, term}) => {
    const preparedTerm = prepareTerm(term);
    return weight === 0 || preparedTerm === undefined ? [] : [{weight, term: preparedTerm}];
  });
}

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
