// A scheduler cache with the default profile over it, without a scheduler around.

import {Simulation} from '../../src/engine/simulation.ts';
import type {KubernetesMinor} from '../../src/objects/version.ts';
import {check} from '../../src/scenario/mistakes.ts';
import {SchedulerCache} from '../../src/scheduler/cache/cache.ts';
import {pluginCatalogue} from '../../src/scheduler/configuration/plugin-catalogue.ts';
import {readConfiguration} from '../../src/scheduler/configuration/read-configuration.ts';
import {readyMade} from '../../src/scheduler/configuration/ready-made.ts';
import type {PluginDefinition} from '../../src/scheduler/framework.ts';
import type {Profile} from '../../src/scheduler/profile.ts';
import {makeProfiles} from '../../src/scheduler/profiles.ts';
import type {SchedulerConfiguration} from '../../src/scheduler/scheduler.ts';

export function configurationOf(
  document: unknown = readyMade.get('default'),
  plugins: readonly PluginDefinition[] = [],
): SchedulerConfiguration {
  const catalogue = pluginCatalogue(plugins);
  const {configuration, problems} = readConfiguration(document, {catalogue, check});
  if (configuration === undefined) throw new Error(JSON.stringify(problems));
  return configuration;
}

export function profileOver(
  kubernetes: KubernetesMinor,
  plugins: readonly PluginDefinition[] = [],
  named = 'default',
): {cache: SchedulerCache; profile: Profile} {
  const cache = new SchedulerCache({kubernetes});
  const [profile] = makeProfiles(configurationOf(readyMade.get(named), plugins).profiles, {
    simulation: new Simulation({seed: 1}),
    kubernetes,
    cache,
    registry: pluginCatalogue(plugins).plugins,
    allow: () => {},
    reject: () => {},
    activate: () => {},
  }).values();
  return {cache, profile};
}
