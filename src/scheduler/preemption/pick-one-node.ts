// Which candidate to preempt on (kube-scheduler's pickOneNodeForPreemption): six questions, each
// asked only of those that the one before left over.

import type {Time} from '../../engine/time.ts';
import {earliestStart} from './importance.ts';
import type {Candidate} from './victims.ts';

// A shift that makes every priority count as positive, so that fewer victims mean a smaller sum.
const priorityShift = 2 ** 31;

export function pickOneNode(candidates: readonly Candidate[], now: Time): Candidate | undefined {
  let left = leastBy(candidates, ({violations}) => violations);
  left = leastBy(left, ({victims}) => victims[0].priority);
  left = leastBy(left, ({victims}) =>
    victims.reduce((sum, {priority}) => sum + priority + priorityShift, 0),
  );
  left = leastBy(left, ({victims}) => victims.length);
  // The victims that have run for the shortest time lose the least.
  left = leastBy(left, ({victims}) => -earliestStart(victims, now));
  // What is left is equal to Kubernetes, which takes any; here the first in search order.
  return left[0];
}

function leastBy(
  candidates: readonly Candidate[],
  measure: (candidate: Candidate) => number,
): readonly Candidate[] {
  if (candidates.length < 2) return candidates;
  const measures = candidates.map(measure);
  const least = measures.reduce((low, value) => Math.min(low, value));
  return candidates.filter((_candidate, i) => measures[i] === least);
}
