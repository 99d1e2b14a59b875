// Plays what is missing of a comparison, and publishes it when nothing is. What is done stands in
// the journal as soon as it is done, whatever ends the program.

import {existsSync} from 'node:fs';
import {conclude} from '../experiment/conclude.ts';
import {Journal, type JournalText, readJournal} from '../experiment/journal.ts';
import type {Observation} from '../experiment/observation.ts';
import {differenceOf, type Plan, type Shard} from '../experiment/plan.ts';
import {type PlayedPlan, playPlan} from '../experiment/play-plan.ts';
import {CannotWrite, tryToWrite} from '../report/cannot-write.ts';
import {ComparisonFolder} from '../report/comparison-folder.ts';
import {writeShard} from '../report/write-comparison.ts';
import type {CompareArguments} from './compare-options.ts';
import {startCompareProgress} from './compare-progress.ts';
import {publishComparison, tellComparison} from './comparison-told.ts';
import {brokenPromise, done, interrupted, userMistake} from './exit-codes.ts';
import {Interruption} from './interruption.ts';
import {complain} from './terminal.ts';

type Wanted = {
  readonly given: CompareArguments;
  readonly shard: Shard | undefined;
  readonly folder: string;
};

export async function playComparison(
  plan: Plan,
  {given, shard, folder: name}: Wanted,
): Promise<number> {
  const folder = new ComparisonFolder(name);
  const begun = beginning(folder, {plan, shard}, given.resume);
  if ('finished' in begun) {
    complain(`${name} has these results already`);
    if (shard === undefined) {
      tellComparison(conclude(plan, begun.finished), {...given, folder: name});
    }
    return done;
  }
  const played = await playOn(folder, begun, given);
  const {observations, complete} = played;
  if (!complete) return unfinished(folder, played);
  if (shard === undefined) publishComparison(folder, {plan, observations}, given);
  else folder.publish(inside => writeShard(inside, {plan, observations, shard}));
  return done;
}

/** What there is to go on with; refuses to lose it, and to go on with something else. */
function beginning(
  folder: ComparisonFolder,
  head: JournalText['head'],
  resume: boolean,
): JournalText | {readonly finished: readonly Observation[]} {
  const journal = existing(folder.journal);
  if (journal !== undefined && !resume) {
    throw new CannotWrite(
      `${folder.unfinishedName} holds ${journal.observations.length} runs of a comparison that ` +
        'is not done; go on with --resume, or remove it',
    );
  }
  if (journal !== undefined) {
    refuseOther(folder.unfinishedName, journal, head);
    return {head, observations: journal.observations};
  }
  const finished = resume ? existing(folder.finishedJournal) : undefined;
  if (finished === undefined) return {head, observations: []};
  refuseOther(folder.name, finished, head);
  return {finished: finished.observations};
}

function existing(path: string): JournalText | undefined {
  return existsSync(path) ? readJournal(path) : undefined;
}

function refuseOther(name: string, journal: JournalText, {plan, shard}: JournalText['head']): void {
  const before = journal.head;
  const difference =
    JSON.stringify(before.shard) === JSON.stringify(shard)
      ? differenceOf(before.plan, plan)
      : `the shard (${shardText(before.shard)}, now ${shardText(shard)})`;
  if (difference === undefined) return;
  throw new CannotWrite(
    `cannot go on with ${name}: another comparison was begun there; what differs is ${difference}`,
  );
}

function shardText(shard: Shard | undefined): string {
  return shard === undefined ? 'none' : `${shard.number}/${shard.of}`;
}

async function playOn(
  folder: ComparisonFolder,
  begun: JournalText,
  {workers, quiet}: CompareArguments,
): Promise<PlayedPlan> {
  folder.begin();
  const journal = tryToWrite(folder.name, () => new Journal(folder.journal, begun));
  const {plan, shard} = begun.head;
  const interruption = new Interruption();
  const progress = startCompareProgress(plan.scenario, quiet);
  try {
    return await playPlan(plan, {
      ...{workers, shard, known: begun.observations, signal: interruption.signal},
      onRun: observation => tryToWrite(folder.name, () => journal.append(observation)),
      onProgress: progress.show,
    });
  } catch (error) {
    if (!(error instanceof CannotWrite)) throw error;
    throw new CannotWrite(`${error.message}; what is done is kept: go on with --resume`);
  } finally {
    progress.end();
    interruption.close();
    journal.close();
  }
}

function unfinished(folder: ComparisonFolder, {observations, failure}: PlayedPlan): number {
  if (failure !== undefined) complain(`a run went wrong: ${failure.wrong}`);
  if (observations.length === 0) folder.discard();
  const count = observations.length === 1 ? '1 run is' : `${observations.length} runs are`;
  const kept = observations.length === 0 ? 'no run was done' : `${count} kept; go on with --resume`;
  complain(`${failure === undefined ? 'interrupted: ' : ''}${kept}`);
  if (failure === undefined) return interrupted;
  return failure.whose === 'orrery' ? brokenPromise : userMistake;
}
