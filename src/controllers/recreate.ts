// The strategy Recreate: all old pods go, and only when the last of them is gone the new ones come
// (pkg/controller/deployment/recreate.go).

import type {KnownPod} from './known-pod.ts';
import type {OwnedSet} from './revisions.ts';

export type RecreateStep =
  | {readonly next: 'scale-down'; readonly sets: readonly OwnedSet[]}
  | {readonly next: 'wait'}
  | {readonly next: 'scale-up'};

export function recreateStep(
  old: readonly OwnedSet[],
  podsOf: (set: OwnedSet) => readonly KnownPod[],
): RecreateStep {
  const sets = old.filter(({object}) => object.spec.replicas > 0);
  if (sets.length > 0) return {next: 'scale-down', sets};
  // As oldPodsRunning: pods that are terminating still count.
  const running = old.some(set =>
    podsOf(set).some(({phase}) => phase !== 'Succeeded' && phase !== 'Failed'),
  );
  return running ? {next: 'wait'} : {next: 'scale-up'};
}
