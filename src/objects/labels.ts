// Labels and the two selectors of the API: label selectors (pods, namespaces) and node selectors.
// Both are decoded once into requirements that are then only compared.

import {unreachable} from '../engine/unreachable.ts';

export type Labels = ReadonlyMap<string, string>;

export const noLabels: Labels = new Map();

export type LabelOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';

export type LabelRequirement = {
  readonly key: string;
  readonly operator: LabelOperator;
  readonly values: readonly string[];
};

/**
 * All requirements must hold; none at all matches everything. A null selector is `undefined` and
 * matches nothing.
 */
export type LabelSelector = readonly LabelRequirement[];

export function labelsMatch(selector: LabelSelector | undefined, labels: Labels): boolean {
  if (selector === undefined) return false;
  for (const {key, operator, values} of selector) {
    if (!valueFits(labels.get(key), operator, values)) return false;
  }
  return true;
}

/** What both kinds of selectors ask of a label's value; `undefined` where the label is absent. */
export function valueFits(
  value: string | undefined,
  operator: LabelOperator,
  values: readonly string[],
): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    // As apimachinery's labels.Requirement: NotIn also holds where the key is absent.
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return unreachable(operator);
  }
}

/** The selector that equality on every pair makes, as `matchLabels` or a Service's `selector`. */
export function equalitySelector(pairs: Labels): LabelSelector {
  return [...pairs].map(([key, value]) => ({key, operator: 'In', values: [value]}));
}

/** One text for selectors that mean the same, so that counters over them can be shared. */
export function selectorKey(selector: LabelSelector): string {
  const parts = selector.map(
    ({key, operator, values}) => `${key} ${operator} ${[...values].sort().join(',')}`,
  );
  return [...new Set(parts)].sort().join(';');
}
