// What people say of a pod in its own annotations: `orrery/exits-after: 10s` is the key
// `exitsAfter` of whoever knows it. Annotations are texts; a value is written as in YAML.

import {parse} from 'yaml';
import {didYouMean} from './nearest.ts';

const prefix = 'orrery/';

type Annotations = ReadonlyMap<string, string>;
type Keys = Readonly<Record<string, unknown>>;

export function annotationKey(key: string): string {
  return prefix + key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}

/** The values of those keys that are there, unchecked; `undefined` where none is. */
export function annotated(annotations: Annotations, keys: Keys): object | undefined {
  const written = Object.keys(keys).flatMap(key => {
    const text = annotations.get(annotationKey(key));
    return text === undefined ? [] : [[key, plainValue(text)] as const];
  });
  return written.length === 0 ? undefined : Object.fromEntries(written);
}

/** Sentences about those that nobody knows. */
export function unknownAnnotations(annotations: Annotations, ...keys: readonly Keys[]): string[] {
  if (![...annotations.keys()].some(key => key.startsWith(prefix))) return [];
  const known = keys.flatMap(Object.keys).map(annotationKey);
  return [...annotations.keys()]
    .filter(key => key.startsWith(prefix) && !known.includes(key))
    .map(key => `annotation ${key} says nothing that a pod understands${didYouMean(key, known)}`);
}

function plainValue(text: string): unknown {
  try {
    return parse(text, {logLevel: 'error'});
  } catch {
    return text;
  }
}
