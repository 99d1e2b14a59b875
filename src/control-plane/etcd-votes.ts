// Who wins an election of etcd, once the timeout of one member or several has run out (Raft: one
// vote for each member and term, a majority of all members leads).

import type {RandomStream} from '../engine/random.ts';
import type {MasterId} from '../machines/masters.ts';

export type Ballot = {
  /** All that reach one another. */
  readonly voters: readonly MasterId[];
  /** Of them, those whose timeouts ran out before they heard of another candidate. */
  readonly candidates: readonly MasterId[];
  readonly quorum: number;
  readonly stream: RandomStream;
};

/** `undefined`: the votes were split. */
export function elected({voters, candidates, quorum, stream}: Ballot): MasterId | undefined {
  const votes = new Map(candidates.map(candidate => [candidate, 1]));
  for (const voter of voters) {
    if (votes.has(voter)) continue;
    // Requests of both come at about the same time; the first to come gets the vote.
    const choice = candidates[Math.floor(stream.uniform() * candidates.length)];
    votes.set(choice, (votes.get(choice) ?? 0) + 1);
  }
  return candidates.find(candidate => (votes.get(candidate) ?? 0) >= quorum);
}

/** More than half of all members, whether they are there or not. */
export function quorumOf(members: number): number {
  return Math.floor(members / 2) + 1;
}
