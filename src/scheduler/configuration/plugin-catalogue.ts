// The plugins that a configuration may name: Orrery's, the user's, and kube-scheduler's others,
// which are accepted and do nothing.

import {didYouMean} from '../../options/nearest.ts';
import {show} from '../../options/show.ts';
import type {PluginDefinition} from '../framework.ts';
import {defaultPlugins, strategyPlugins, unmodelledPlugins} from '../plugins/index.ts';
import type {PluginEntry} from './merge-plugins.ts';

export type PluginCatalogue = {
  readonly plugins: ReadonlyMap<string, PluginDefinition>;
  /** The default profile's plugins in the order in which they run, with their score weights. */
  readonly defaults: readonly PluginEntry[];
};

/** A user's own strategies join the default profile, behind the others and at weight 1. */
export function pluginCatalogue(own: readonly PluginDefinition[] = []): PluginCatalogue {
  const all = [...defaultPlugins, ...own.map(plugin => ({plugin, weight: 1}))];
  return {
    plugins: new Map([...all.map(({plugin}) => plugin), ...strategyPlugins].map(byName)),
    defaults: all.map(({plugin, weight}) => ({name: plugin.name, weight})),
  };
}

function byName(plugin: PluginDefinition): [string, PluginDefinition] {
  return [plugin.name, plugin];
}

export function isKnown(name: string, {plugins}: PluginCatalogue): boolean {
  return plugins.has(name) || unmodelledPlugins.includes(name);
}

export function unknownPlugin(name: string, {plugins}: PluginCatalogue): string {
  const known = [...plugins.keys()];
  const hint = didYouMean(name, [...known, ...unmodelledPlugins]);
  return `no plugin ${show(name)}${hint === '' ? `; known: ${known.join(', ')}` : hint}`;
}
