// What a pod demands of its node: every pair of its nodeSelector, and one of its required terms
// (component-helpers/scheduling/corev1/nodeaffinity). Prepared once per pod template, then only
// compared.

import {integer, isValidRequirement} from './label-syntax.ts';
import type {Labels} from './labels.ts';
import {valueFits} from './labels.ts';
import type {NodeRequirement, NodeSelectorTerm, PodSpec} from './pod-spec.ts';

/** As much of a node as can be selected by. */
export type SelectableNode = {readonly name: string; readonly labels: Labels};

export type RequiredNodeAffinity = {
  readonly nodeSelector: Labels;
  /** `undefined`: no terms, anything goes. An empty list matches no node. */
  readonly terms: readonly PreparedTerm[] | undefined;
};

export type PreparedTerm = {
  readonly expressions: readonly PreparedRequirement[];
  readonly fields: readonly NodeRequirement[];
};

type PreparedRequirement = NodeRequirement & {readonly bound: bigint};

/** `undefined` when the pod demands nothing. */
export function requiredNodeAffinity(spec: PodSpec): RequiredNodeAffinity | undefined {
  const required = spec.nodeAffinity?.required;
  if (spec.nodeSelector.size === 0 && required === undefined) return undefined;
  const terms = required === undefined ? undefined : prepareTerms(required);
  return {nodeSelector: spec.nodeSelector, terms};
}

/** Only the terms that can match: an empty term and one that does not parse match no node. */
export function prepareTerms(terms: readonly NodeSelectorTerm[]): PreparedTerm[] {
  return terms.map(prepareTerm).filter(term => term !== undefined);
}

export function prepareTerm({expressions, fields}: NodeSelectorTerm): PreparedTerm | undefined {
  if (expressions.length === 0 && fields.length === 0) return undefined;
  if (!expressions.every(isValidRequirement) || !fields.every(isValidField)) return undefined;
  return {expressions: expressions.map(prepareRequirement), fields};
}

export function satisfies(node: SelectableNode, required: RequiredNodeAffinity): boolean {
  for (const [key, value] of required.nodeSelector) {
    if (node.labels.get(key) !== value) return false;
  }
  return required.terms === undefined || matchesAny(node, required.terms);
}

export function matchesAny(node: SelectableNode, terms: readonly PreparedTerm[]): boolean {
  for (const term of terms) if (matchesTerm(node, term)) return true;
  return false;
}

export function matchesTerm(node: SelectableNode, {expressions, fields}: PreparedTerm): boolean {
  for (const expression of expressions) if (!holds(expression, node.labels)) return false;
  for (const field of fields) if (!fieldHolds(field, node.name)) return false;
  return true;
}

function prepareRequirement(requirement: NodeRequirement): PreparedRequirement {
  const compares = requirement.operator === 'Gt' || requirement.operator === 'Lt';
  return {...requirement, bound: (compares ? integer(requirement.values[0]) : undefined) ?? 0n};
}

// As nodeSelectorRequirementsAsFieldSelector: In and NotIn with exactly one value.
function isValidField({operator, values}: NodeRequirement): boolean {
  return (operator === 'In' || operator === 'NotIn') && values.length === 1;
}

function holds({key, operator, values, bound}: PreparedRequirement, labels: Labels): boolean {
  const value = labels.get(key);
  switch (operator) {
    case 'In':
    case 'NotIn':
    case 'Exists':
    case 'DoesNotExist':
      return valueFits(value, operator, values);
    case 'Gt':
    case 'Lt':
      return value !== undefined && isBeyond(value, operator, bound);
    default:
      return false;
  }
}

function isBeyond(value: string, operator: 'Gt' | 'Lt', bound: bigint): boolean {
  const number = integer(value);
  if (number === undefined) return false;
  return operator === 'Gt' ? number > bound : number < bound;
}

// metadata.name is the only field of a node that can be selected by; any other reads as empty.
function fieldHolds({key, operator, values}: NodeRequirement, name: string): boolean {
  const equal = (key === 'metadata.name' ? name : '') === values[0];
  return operator === 'In' ? equal : !equal;
}
