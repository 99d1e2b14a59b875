// What one pod, and the profile for every pod, demands of nodes and prefers in them: prepared once
// per pod template.

import type {NodeAffinity, NodeSelectorTerm} from '../../objects/pod-spec.ts';
import type {PreparedTerm, RequiredNodeAffinity} from '../../objects/required-node-affinity.ts';
import {
  matchesAny,
  matchesTerm,
  prepareTerm,
  prepareTerms,
  requiredNodeAffinity,
  satisfies,
} from '../../objects/required-node-affinity.ts';
import type {NodeInfo} from '../cache/node-info.ts';
import type {PodShape} from '../cache/pod-shape.ts';
import type {Rejection} from '../framework.ts';

const mismatch: Rejection = {
  code: 'unresolvable',
  reasons: ["node(s) didn't match Pod's node affinity/selector"],
};
const enforcedMismatch: Rejection = {
  code: 'unresolvable',
  reasons: ["node(s) didn't match scheduler-enforced node affinity"],
};

type Wish = {readonly weight: number; readonly term: PreparedTerm};

export class PodNodeAffinity {
  readonly #enforced: readonly PreparedTerm[] | undefined;
  readonly #addedWishes: readonly Wish[];
  #prepared: PodShape | undefined;
  #required: RequiredNodeAffinity | undefined;
  #wishes: readonly Wish[] = [];

  constructor(added: NodeAffinity | undefined) {
    this.#enforced = added?.required === undefined ? undefined : prepareTerms(added.required);
    this.#addedWishes = prepareWishes(added?.preferred ?? []);
  }

  demandsNothing(shape: PodShape): boolean {
    this.#prepare(shape);
    return this.#required === undefined && this.#enforced === undefined;
  }

  // As PreScore: a preference that is written counts as one even when it can match nothing.
  prefersNothing({template}: PodShape): boolean {
    const preferred = template.spec.nodeAffinity?.preferred ?? [];
    return preferred.length === 0 && this.#addedWishes.length === 0;
  }

  check(shape: PodShape, node: NodeInfo): Rejection | undefined {
    this.#prepare(shape);
    if (this.#enforced !== undefined && !matchesAny(node, this.#enforced)) return enforcedMismatch;
    return this.#required === undefined || satisfies(node, this.#required) ? undefined : mismatch;
  }

  /** The weights of what it prefers and finds on the node. */
  preference(shape: PodShape, node: NodeInfo): number {
    this.#prepare(shape);
    let sum = 0;
    for (const {weight, term} of this.#wishes) if (matchesTerm(node, term)) sum += weight;
    return sum;
  }

  #prepare(shape: PodShape): void {
    if (shape === this.#prepared) return;
    const {spec} = shape.template;
    this.#prepared = shape;
    this.#required = requiredNodeAffinity(spec);
    this.#wishes = [...this.#addedWishes, ...prepareWishes(spec.nodeAffinity?.preferred ?? [])];
  }
}

// A preference of weight 0, and one that is empty or does not parse, is none.
function prepareWishes(
  preferred: readonly {readonly weight: number; readonly term: NodeSelectorTerm}[],
): Wish[] {
  return preferred.flatMap(({weight, term}) => {
    const preparedTerm = prepareTerm(term);
    return weight === 0 || preparedTerm === undefined ? [] : [{weight, term: preparedTerm}];
  });
}
