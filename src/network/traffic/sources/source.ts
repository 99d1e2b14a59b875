// What a source of requests is: a key of an entry of `traffic`, and when it has somebody send one.

import type {RandomStream} from '../../../engine/random.ts';
import type {Simulation} from '../../../engine/simulation.ts';
import type {Time} from '../../../engine/time.ts';
import type {TrafficEntry} from '../traffic-options.ts';
import type {SourceClock} from './source-clock.ts';

export type SourceParts = {
  readonly simulation: Simulation;
  readonly clock: SourceClock;
  /** What the clocks show at time zero, in seconds since 1970. */
  readonly startTime: number;
  /** A stream of the entry, for one question. */
  readonly random: (question: string) => RandomStream;
  /** One of the callers, by chance, sends a request. */
  readonly send: () => void;
};

export type Source<Key extends keyof TrafficEntry = keyof TrafficEntry> = {
  readonly key: Key;
  /** The mean time from one request to the next. */
  meanGap(entry: TrafficEntry): Time;
  /** What is wrong with its options, if anything. */
  mistake?(entry: TrafficEntry): string | undefined;
  start(entry: TrafficEntry, parts: SourceParts): void;
};

type Own<Key extends keyof TrafficEntry> = NonNullable<TrafficEntry[Key]>;

type NewSource<Key extends keyof TrafficEntry> = {
  readonly meanGap: (own: Own<Key>) => Time;
  readonly mistake?: (own: Own<Key>) => string | undefined;
  readonly start: (own: Own<Key>, entry: TrafficEntry, parts: SourceParts) => void;
};

export function defineSource<Key extends keyof TrafficEntry>(
  key: Key,
  {meanGap, mistake, start}: NewSource<Key>,
): Source<Key> {
  const own = (entry: TrafficEntry): Own<Key> => {
    const options = entry[key];
    if (options === undefined) throw new Error(`an entry of traffic says no ${key}`);
    return options as Own<Key>;
  };
  return {
    key,
    meanGap: entry => meanGap(own(entry)),
    mistake: entry => mistake?.(own(entry)),
    start: (entry, parts) => start(own(entry), entry, parts),
  };
}

/** One request at a time, each at the time that `next` gives for the one before. */
export function sendEach(
  {starts, ends = Infinity}: TrafficEntry,
  {clock, simulation, send}: SourceParts,
  next: (before: Time) => Time | undefined,
): void {
  const plan = (before: Time): void => {
    const time = next(before);
    if (time !== undefined && time < ends) wake(time, 0);
  };
  const wake = clock.add(() => {
    plan(simulation.now);
    send();
  });
  plan(starts);
}
