// What of a scheduler is saved, as plain data. Kept answers are not: they are asked again.

import type {EventHandle} from '../engine/event-table.ts';
import type {PodId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import type {Bindings, SavedBindings} from './binding/bindings.ts';
import type {Evictions, SavedEvictions} from './binding/evictions.ts';
import type {SavedCache, SchedulerCache} from './cache/cache.ts';
import type {Informer, SavedInformer} from './cache/informer.ts';
import type {Cycle} from './cycle/cycle.ts';
import type {Profile} from './profile.ts';
import type {QueuedPod, SavedQueuedPod} from './queue/queued-pod.ts';
import {restoreEvent, type SavedEvent, saveEvent} from './queue/saved-events.ts';
import type {SavedQueue, SchedulingQueue} from './queue/scheduling-queue.ts';
import {restorePlugins, type SavedPlugins, savePlugins} from './saved-plugins.ts';
import type {Verdict} from './verdict.ts';

export type SavedScheduler = SavedParts & {
  /** Pods in flight, and pods whose binding is under way. */
  inHand: SavedQueuedPod[];
  current: {pod: PodId | undefined; verdict: Verdict; ends: EventHandle} | undefined;
  waking: boolean;
  runs: boolean;
};

type SavedParts = {
  cache: SavedCache;
  informer: SavedInformer;
  queue: Omit<SavedQueue, 'inFlight'>;
  inFlight: {first: number; events: SavedEvent[]};
  nominations: [node: string, pods: PodId[]][];
  bindings: SavedBindings;
  evictions: SavedEvictions;
  start: number;
  plugins: SavedPlugins;
};

type Parts = {
  readonly cache: SchedulerCache;
  readonly informer: Informer;
  readonly queue: SchedulingQueue;
  readonly bindings: Bindings;
  readonly evictions: Evictions;
  readonly cycle: Cycle;
  readonly profiles: ReadonlyMap<string, Profile>;
};

export function saveParts(parts: Parts, {pods}: Store): SavedParts {
  const {cache, informer, bindings, evictions, cycle, profiles} = parts;
  const {inFlight, ...queue} = parts.queue.save();
  const {first, events} = inFlight;
  return {
    cache: cache.save(),
    informer: informer.save(),
    queue,
    inFlight: {first, events: events.map(event => saveEvent(event, pods))},
    nominations: cache.nominations
      .entries()
      .map(([node, nominated]) => [node, nominated.map(({id}) => id)]),
    bindings: bindings.save(),
    evictions: evictions.save(),
    start: cycle.start,
    plugins: savePlugins(profiles),
  };
}

/** In an order in which each part finds what it needs of the others. */
export function restoreParts(
  parts: Parts,
  saved: SavedScheduler,
  {store, restored}: {store: Store; restored: (saved: SavedQueuedPod) => QueuedPod},
): void {
  const {cache, informer, queue, bindings, evictions, cycle, profiles} = parts;
  cache.restore(saved.cache);
  informer.restore(saved.informer);
  const {first, events} = saved.inFlight;
  const restoredEvents = events.map(event =>
    restoreEvent(event, {cache, pods: store.pods, podOf: id => informer.pod(id)}),
  );
  const inFlight = {first, events: restoredEvents};
  queue.restore({...saved.queue, inFlight}, saved.inHand, restored);
  for (const [node, pods] of saved.nominations) {
    for (const id of pods) {
      const pod = informer.pod(id);
      if (pod !== undefined) cache.nominations.add(pod, node);
    }
  }
  bindings.restore(saved.bindings, name => cache.nodeOfPods(name));
  evictions.restore(saved.evictions);
  cycle.start = saved.start;
  restorePlugins(profiles, saved.plugins);
}
