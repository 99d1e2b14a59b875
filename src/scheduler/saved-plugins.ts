// The state of plugins that have one, of all profiles.

import type {Profile} from './profile.ts';

export type SavedPlugins = [profile: string, plugin: string, state: unknown][];

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
