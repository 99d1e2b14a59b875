// Why no node took a pod, read off the answers that were kept. Most refusals only need the counts;
// the failure of each node is looked up if preemption asks.

import type {NodeInfo} from '../cache/node-info.ts';
import type {Failure} from '../profile.ts';
import {Diagnosis} from './attempt.ts';
import type {KeptAnswers} from './kept-answers.ts';

/** For a pod that every node has answered with a failure. */
export function keptDiagnosis(answers: KeptAnswers, nodes: readonly NodeInfo[]): Diagnosis {
  return new Diagnosis({
    nodeCount: nodes.length,
    preFilter: undefined,
    counts: countsIn(answers),
    failures: () => failuresIn(answers, nodes),
  });
}

function countsIn({totals, failures}: KeptAnswers): ReadonlyMap<Failure, number> {
  const counts = new Int32Array(failures.length);
  for (let at = 0; at < totals.length; at++) counts[-1 - totals[at]]++;
  const byFailure = new Map<Failure, number>();
  for (const [number, failure] of failures.entries()) {
    if (counts[number] > 0) byFailure.set(failure, counts[number]);
  }
  return byFailure;
}

function failuresIn(
  answers: KeptAnswers,
  nodes: readonly NodeInfo[],
): ReadonlyMap<NodeInfo, Failure> {
  const failures = new Map<NodeInfo, Failure>();
  for (let at = 0; at < nodes.length; at++) {
    failures.set(nodes[at], answers.failureOf(answers.totals[at]));
  }
  return failures;
}
