// How the containers of a pod behave: what its own annotations say (`orrery/exits-after: 10s`, of
// all its containers but init containers), and below that the scenario's entries, the first that
// says something.

import {labelsMatch} from '../objects/labels.ts';
import type {Container, PodTemplate} from '../objects/pod-spec.ts';
import {annotated, annotationKey} from '../options/annotations.ts';
import {
  annotationBehaviour,
  type BehaviourEntry,
  type ContainerBehaviour,
  containerBehaviour,
} from './behaviour-options.ts';

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

/** `mistakes`: sentences about what makes no sense, for whoever checks a scenario. */
export function annotatedBehaviour({annotations}: PodTemplate): {
  behaviour: ContainerBehaviour;
  mistakes: readonly string[];
} {
  const written = annotated(annotations, containerBehaviour);
  if (written === undefined) return {behaviour: {}, mistakes: []};
  const {data, error} = annotationBehaviour.safeParse(written);
  const mistakes = (error?.issues ?? []).map(
    ({path, message}) => `annotation ${annotationKey(String(path[0]))}: ${message}`,
  );
  return {behaviour: data ?? {}, mistakes};
}
