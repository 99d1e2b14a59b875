// What is wrong with a Service's endpoints as its clients' nodes see them, in a few words.

import type {Backend} from './backends.ts';
import type {Crowd} from './crowd.ts';
import type {ViewGroup} from './view-group.ts';

const namedAtMost = 4;

/** `2 of 3 dead in 16 of 20 views: web-x (no power), web-y (hung); none in 4 of 20 views`. */
export function endpointsText(
  crowds: readonly Crowd[],
  world: {nameOf(backend: Backend): string},
): string {
  const groups = crowds.flatMap(crowd => [...crowd.groups()]);
  const seen = new Set<Backend>();
  for (const {backends} of groups) {
    for (const backend of backends) if (backend !== undefined) seen.add(backend);
  }
  const dead = [...seen].filter(({good}) => !good).sort((one, two) => one.serial - two.serial);
  const named = dead
    .slice(0, namedAtMost)
    .map(backend => `${world.nameOf(backend)} (${backend.wrong})`);
  const more = dead.length > namedAtMost ? [`${dead.length - namedAtMost} more`] : [];
  const touched = groups.filter(({backends}) => backends.some(one => one?.good === false));
  const where = `${clients(touched)} of ${clients(groups)} views`;
  const cutOff = crowds.reduce((sum, crowd) => sum + crowd.cutOff, 0);
  const unnamed = crowds.reduce((sum, crowd) => sum + crowd.unnamed, 0);
  const facts = [
    ...(dead.length === 0
      ? []
      : [`${dead.length} of ${seen.size} dead in ${where}: ${[...named, ...more].join(', ')}`]),
    ...emptyViews(groups),
    ...(unnamed === 0 ? [] : [`name maybe not found in ${unnamed} of ${clients(groups)} views`]),
    ...(cutOff === 0 ? [] : [`cut off from some in ${cutOff} of ${clients(groups)} views`]),
  ];
  return facts.join('; ');
}

function emptyViews(groups: readonly ViewGroup[]): string[] {
  const empty = groups.filter(({backends}) => backends.length === 0);
  if (empty.length === 0) return [];
  return [`none in ${clients(empty)} of ${clients(groups)} views`];
}

function clients(groups: readonly ViewGroup[]): number {
  return groups.reduce((sum, {callers}) => sum + callers, 0);
}
