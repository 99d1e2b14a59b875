// How the containers of a pod behave: what its own annotations say (`orrery/exits-after: 10s`, of
// all its containers but init containers), and below that the scenario's entries, the first that
// says something.

import {parse} from 'yaml';
import {labelsMatch} from '../objects/labels.ts';
import type {Container, PodTemplate} from '../objects/pod-spec.ts';
import {didYouMean} from '../options/nearest.ts';
import {
  annotationBehaviour,
  type BehaviourEntry,
  type ContainerBehaviour,
  containerBehaviour,
} from './behaviour-options.ts';

const prefix = 'orrery/';

export function behaviourOf(
  container: Container,
  {
    template,
    init,
    entries,
  }: {
    template: PodTemplate;
    init: boolean;
    entries: readonly BehaviourEntry[];
  },
): ContainerBehaviour {
  const fitting = entries.filter(entry => fits(entry, {container, template, init}));
  const own = init ? {} : annotatedBehaviour(template).behaviour;
  return Object.assign({}, ...fitting.reverse().map(said), own);
}

function fits(
  entry: BehaviourEntry,
  {container, template, init}: {container: Container; template: PodTemplate; init: boolean},
): boolean {
  if (entry.namespace !== undefined && entry.namespace !== template.namespace) return false;
  if (entry.container === undefined ? init : entry.container !== container.name) return false;
  return entry.selector === undefined || labelsMatch(entry.selector, template.labels);
}

function said(entry: BehaviourEntry): ContainerBehaviour {
  const {selector, namespace, container, ...rest} = entry;
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
}

/** `mistakes`: sentences about annotations that mean nothing, for whoever checks a scenario. */
export function annotatedBehaviour({annotations}: PodTemplate): {
  behaviour: ContainerBehaviour;
  mistakes: readonly string[];
} {
  const written = Object.keys(containerBehaviour).flatMap(key => {
    const text = annotations.get(`${prefix}${kebab(key)}`);
    return text === undefined ? [] : [[key, plainValue(text)] as const];
  });
  const unknown = unknownOf(annotations);
  if (written.length === 0) return {behaviour: {}, mistakes: unknown};
  const {data, error} = annotationBehaviour.safeParse(Object.fromEntries(written));
  const mistakes = (error?.issues ?? []).map(
    ({path, message}) => `annotation ${prefix}${kebab(String(path[0]))}: ${message}`,
  );
  return {behaviour: data ?? {}, mistakes: [...unknown, ...mistakes]};
}

function unknownOf(annotations: PodTemplate['annotations']): string[] {
  const known = Object.keys(containerBehaviour).map(key => `${prefix}${kebab(key)}`);
  return [...annotations.keys()]
    .filter(key => key.startsWith(prefix) && !known.includes(key))
    .map(key => `annotation ${key} says nothing that a pod understands${didYouMean(key, known)}`);
}

/** Annotations are texts; what is not a word or a duration is written as in YAML (or JSON). */
function plainValue(text: string): unknown {
  try {
    return parse(text, {logLevel: 'error'});
  } catch {
    return text;
  }
}

function kebab(key: string): string {
  return key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}
