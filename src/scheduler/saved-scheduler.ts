// What of a scheduler is saved, as plain data. Kept answers are not: they are asked again.

import type {PodId} from '../objects/ids.ts';
import type {SavedBinding} from './bindings.ts';
import type {SavedCache} from './cache.ts';
import type {SavedInformer} from './informer.ts';
import type {Profile} from './profile.ts';
import type {SavedQueuedPod} from './queued-pod.ts';
import type {SavedEvent} from './saved-events.ts';
import type {SavedQueue} from './scheduling-queue.ts';
import type {Verdict} from './verdict.ts';

export type SavedScheduler = {
  cache: SavedCache;
  informer: SavedInformer;
  queue: Omit<SavedQueue, 'events'>;
  events: SavedEvent[];
  /** Pods in flight, and pods whose binding is under way. */
  inHand: SavedQueuedPod[];
  nominations: [node: string, pods: PodId[]][];
  bindings: SavedBinding[];
  evictions: [victim: PodId, preemptor: PodId][];
  current: {pod: PodId | undefined; verdict: Verdict} | undefined;
  start: number;
  waking: boolean;
  plugins: SavedPlugins;
};

type SavedPlugins = [profile: string, plugin: string, state: unknown][];

export function savePlugins(profiles: ReadonlyMap<string, Profile>): SavedPlugins {
  const saved: SavedPlugins = [];
  for (const [profile, {plugins}] of profiles) {
    for (const {name, plugin} of plugins.all) {
      if (plugin.save !== undefined) saved.push([profile, name, plugin.save()]);
    }
  }
  return saved;
}

export function restorePlugins(profiles: ReadonlyMap<string, Profile>, saved: SavedPlugins): void {
  for (const [profile, name, state] of saved) {
    profiles.get(profile)?.plugins.get(name)?.restore?.(state);
  }
}
