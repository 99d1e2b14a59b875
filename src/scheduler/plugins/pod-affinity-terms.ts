// Pod affinity terms, prepared once per pod template: which pods a term selects, in which
// namespaces (kube-scheduler's AffinityTerm, staging/src/k8s.io/kube-scheduler/framework/types.go).

import {isValidSelector} from '../../objects/label-syntax.ts';
import type {LabelSelector, Labels} from '../../objects/labels.ts';
import {labelsMatch} from '../../objects/labels.ts';
import type {PodAffinity, PodAffinityTerm} from '../../objects/pod-spec.ts';
import type {ClusterView} from '../cache/cluster-view.ts';
import type {NodeInfo} from '../cache/node-info.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {PodShape} from '../cache/pod-shape.ts';

export type AffinityTerm = {
  readonly topologyKey: string;
  readonly selector: LabelSelector | undefined;
  /** The owner's own where the term names none and has no selector of namespaces. */
  readonly namespaces: ReadonlySet<string>;
  readonly namespaceSelector: LabelSelector | undefined;
  /** Of a required term 0. */
  readonly weight: number;
};

export type AffinityTerms = {
  readonly affinity: readonly AffinityTerm[];
  readonly antiAffinity: readonly AffinityTerm[];
  readonly preferred: readonly AffinityTerm[];
  /** With negative weights. */
  readonly preferredAnti: readonly AffinityTerm[];
  /** What a pod must match to match all `affinity` terms; `undefined` matches none. */
  readonly allAffinity: LabelSelector | undefined;
  readonly areValid: boolean;
};

export class PodAffinityTerms {
  readonly #byShape = new WeakMap<PodShape, AffinityTerms>();

  of(shape: PodShape): AffinityTerms {
    const known = this.#byShape.get(shape);
    if (known !== undefined) return known;
    const terms = prepare(shape);
    this.#byShape.set(shape, terms);
    return terms;
  }
}

export function selects(term: AffinityTerm, pod: PodInfo, namespaceLabels: Labels): boolean {
  return covers(term, pod.namespace, namespaceLabels) && labelsMatch(term.selector, pod.labels);
}

export function selectsByAll(
  terms: readonly AffinityTerm[],
  pod: PodInfo,
  namespaceLabels: Labels,
): boolean {
  return terms.length > 0 && terms.every(term => selects(term, pod, namespaceLabels));
}

/**
 * On which nodes pods are that all terms select by `selector`: every one of them must cover their
 * namespace.
 */
export function forEachSelected(
  cluster: ClusterView,
  terms: readonly AffinityTerm[],
  selector: LabelSelector | undefined,
  visit: (node: NodeInfo, pods: number) => void,
): void {
  if (terms.length === 0 || selector === undefined) return;
  for (const namespace of candidateNamespaces(cluster, terms[0])) {
    const labels = cluster.namespaceLabels(namespace);
    if (!terms.every(term => covers(term, namespace, labels))) continue;
    for (const [node, pods] of cluster.matchingPresentPods(namespace, selector)) visit(node, pods);
  }
}

// Only a selector of namespaces needs a look at all of them.
function candidateNamespaces(
  {podNamespaces}: ClusterView,
  {namespaces, namespaceSelector}: AffinityTerm,
): ReadonlySet<string> {
  return namespaceSelector === undefined ? namespaces : podNamespaces;
}

function covers(term: AffinityTerm, namespace: string, labels: Labels): boolean {
  return term.namespaces.has(namespace) || labelsMatch(term.namespaceSelector, labels);
}

function prepare({template}: PodShape): AffinityTerms {
  const {podAffinity, podAntiAffinity} = template.spec;
  const required = (affinity: PodAffinity | undefined) =>
    (affinity?.required ?? []).map(term => prepareTerm(term, template.namespace, 0));
  const preferred = (affinity: PodAffinity | undefined, sign: 1 | -1) =>
    (affinity?.preferred ?? []).map(({weight, term}) =>
      prepareTerm(term, template.namespace, sign * weight),
    );
  const affinity = required(podAffinity);
  const antiAffinity = required(podAntiAffinity);
  const wishes = preferred(podAffinity, 1);
  const aversions = preferred(podAntiAffinity, -1);
  const all = [...affinity, ...antiAffinity, ...wishes, ...aversions];
  return {
    affinity,
    antiAffinity,
    preferred: wishes,
    preferredAnti: aversions,
    allAffinity: conjunction(affinity),
    areValid: all.every(
      term => isValidSelector(term.selector) && isValidSelector(term.namespaceSelector),
    ),
  };
}

function prepareTerm(term: PodAffinityTerm, owner: string, weight: number): AffinityTerm {
  const {topologyKey, labelSelector, namespaces, namespaceSelector} = term;
  const ownOnly = namespaces.length === 0 && namespaceSelector === undefined;
  return {
    topologyKey,
    selector: labelSelector,
    namespaces: new Set(ownOnly ? [owner] : namespaces),
    namespaceSelector,
    weight,
  };
}

function conjunction(terms: readonly AffinityTerm[]): LabelSelector | undefined {
  const selectors = terms.map(({selector}) => selector);
  if (selectors.includes(undefined)) return undefined;
  return selectors.flatMap(selector => selector ?? []);
}
