// What makes two pod templates the same: everything a user may write, but neither the owner nor the
// label by which a Deployment tells its ReplicaSets apart (deployment util's EqualIgnoreHash).

import type {PodTemplate} from './pod-spec.ts';

export const templateHashLabel = 'pod-template-hash';

export function sameTemplate(a: PodTemplate, b: PodTemplate): boolean {
  return a === b || templateText(a) === templateText(b);
}

/** One text for templates that are the same. */
export function templateText({namespace, labels, annotations, spec}: PodTemplate): string {
  const own = [...labels].filter(([key]) => key !== templateHashLabel);
  return valueText({namespace, labels: new Map(own), annotations, spec});
}

/** One text for values that are the same: numbers, texts, maps, lists, and objects of these. */
export function valueText(value: unknown): string {
  return JSON.stringify(plain(value)) ?? '';
}

// Keys in the order of the alphabet, since manifests write them in any.
function plain(value: unknown): unknown {
  if (value instanceof Map) return plain(Object.fromEntries(value));
  if (value instanceof Set) return [...value].map(plain);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, field]) => [key, plain(field)]));
}
