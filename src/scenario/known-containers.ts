// Whether a container that an entry of a scenario names is one of the pods that it means, as far as
// their manifests are known.

import type {ManifestObject} from '../manifests/manifest.ts';
import type {PodSpec} from '../objects/pod-spec.ts';
import {didYouMean} from '../options/nearest.ts';
import {show} from '../options/show.ts';

export type ContainerWanted = {
  readonly container: string | undefined;
  /** By init containers, too. */
  readonly init: boolean;
};

/** What is wrong with it; nothing where no manifest tells of these pods. */
export function missingContainer(
  objects: readonly ManifestObject[],
  {container, init}: ContainerWanted,
): string | undefined {
  const specs = objects.map(specOf).filter(spec => spec !== undefined);
  if (container === undefined || specs.length === 0) return undefined;
  const names = new Set(
    specs.flatMap(({containers, initContainers}) =>
      [...containers, ...(init ? initContainers : [])].map(({name}) => name),
    ),
  );
  if (names.has(container)) return undefined;
  const hint = didYouMean(container, names) || `; known: ${[...names].join(', ')}`;
  return `no container ${show(container)} in these pods${hint}`;
}

function specOf({value}: ManifestObject): PodSpec | undefined {
  if (value.type === 'pod') return value.template.spec;
  return value.type === 'workload' ? value.workload.template.spec : undefined;
}
