// Which plugins run at each extension point, and in which order: a profile's own lists over the
// default ones. As mergePluginSet (pkg/scheduler/apis/config/v1/default_plugins.go),
// expandMultiPointPlugins and getScoreWeights (pkg/scheduler/framework/runtime/framework.go).

import type {ConfiguredPlugin, ExtensionPoint} from '../plugin-set.ts';

export type PluginEntry = {
  readonly name: string;
  /** 0: not written, which counts as 1. */
  readonly weight: number;
};

export type PluginLists = {
  readonly enabled: readonly PluginEntry[];
  /** Names; `*` is all of them. */
  readonly disabled: readonly string[];
};

/**
 * The plugins that a profile enables for every point they have: the default ones in their order, an
 * entry of the profile's own taking the place of its namesake, then the others of its own.
 */
export function mergeMultiPoint(
  defaults: readonly PluginEntry[],
  {enabled, disabled}: PluginLists,
): PluginEntry[] {
  const all = disabled.includes('*');
  const kept = all ? [] : defaults.filter(({name}) => !disabled.includes(name));
  // Of entries of one name the last takes the place; the others are appended, and then are one too
  // many.
  const inPlace = kept.map(entry => enabled.findLast(({name}) => name === entry.name) ?? entry);
  return [...inPlace, ...enabled.filter(entry => !inPlace.includes(entry))];
}

/**
 * In order: (1) plugins listed for the point and for all points, as the point's list has them;
 * (2) the other plugins for all points; (3) the other plugins for the point.
 */
export function expandPoint(
  point: ExtensionPoint,
  {
    own,
    multiPoint,
    has,
  }: {
    own: PluginLists;
    multiPoint: readonly PluginEntry[];
    has: (plugin: string, point: ExtensionPoint) => boolean;
  },
): ConfiguredPlugin[] {
  const {enabled, disabled} = own;
  const everywhere = disabled.includes('*')
    ? []
    : multiPoint.filter(({name}) => has(name, point) && !disabled.includes(name));
  const isIn = (list: readonly PluginEntry[]) => (entry: PluginEntry) =>
    list.some(({name}) => name === entry.name);
  const overriding = enabled.filter(isIn(everywhere));
  const rest = everywhere.filter(entry => !isIn(enabled)(entry));
  const added = enabled.filter(entry => !isIn(overriding)(entry));
  return [...overriding, ...rest, ...added].map(({name, weight}) => ({
    name,
    // "A weight of zero is not permitted", so 0 is what was not written.
    weight: weight === 0 ? 1 : weight,
  }));
}
