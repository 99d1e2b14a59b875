// Builds the configured profiles, each with its own plugins. They share the queue, the cache and
// the place where the search starts, as kube-scheduler's do.

import type {RandomStream} from '../engine/random.ts';
import type {Simulation} from '../engine/simulation.ts';
import type {Fragmentation} from '../objects/fragmentation.ts';
import type {KubernetesMinor} from '../objects/version.ts';
import type {SchedulerCache} from './cache/cache.ts';
import type {PodInfo} from './cache/pod-info.ts';
import type {PluginDefinition, PluginHandle} from './framework.ts';
import {PluginSet, type ProfileConfiguration} from './plugin-set.ts';
import {Profile} from './profile.ts';

export type ProfileParts = {
  readonly simulation: Simulation;
  readonly kubernetes: KubernetesMinor;
  readonly cache: SchedulerCache;
  readonly registry: ReadonlyMap<string, PluginDefinition>;
  readonly fragmentation?: Fragmentation | undefined;
  readonly allow: (pod: PodInfo, plugin: string) => void;
  readonly reject: (pod: PodInfo, plugin: string, reason: string) => void;
  readonly activate: (pod: PodInfo) => void;
};

/** By scheduler name, in configured order. */
export function makeProfiles(
  configurations: readonly ProfileConfiguration[],
  parts: ProfileParts,
): ReadonlyMap<string, Profile> {
  const profiles = new Map<string, Profile>();
  for (const configuration of configurations) {
    profiles.set(configuration.schedulerName, makeProfile(configuration, parts));
  }
  return profiles;
}

function makeProfile(configuration: ProfileConfiguration, parts: ProfileParts): Profile {
  const {cache, registry} = parts;
  // Plugins are made before the profile that runs them, and ask it nothing until a pod comes.
  let profile: Profile | undefined;
  const running = (): Profile => {
    if (profile === undefined) throw new Error('a plugin asked its profile while being made');
    return profile;
  };
  const plugins = new PluginSet(configuration, registry, plugin =>
    handleFor(plugin, {...parts, scheduler: configuration.schedulerName, running}),
  );
  profile = new Profile({
    name: configuration.schedulerName,
    percentageOfNodesToScore: configuration.percentageOfNodesToScore,
    plugins,
    nominations: cache.nominations,
  });
  return profile;
}

function handleFor(
  plugin: string,
  parts: ProfileParts & {scheduler: string; running: () => Profile},
): PluginHandle {
  const {simulation, kubernetes, cache, scheduler, running, allow, reject, activate} = parts;
  return {
    kubernetes,
    clock: simulation,
    cluster: cache,
    fragmentation: parts.fragmentation,
    runFilters: (pod, node) => running().filterWithNominated(pod, node)?.rejection,
    addPod: (pod, other, node) => running().addPod(pod, other, node),
    removePod: (pod, other, node) => running().removePod(pod, other, node),
    random: (question): RandomStream =>
      simulation.random(`scheduler.${scheduler}.${plugin}/${question}`),
    attemptRandom: attemptStreams(name => simulation.passingRandom(name), {
      prefix: `scheduler.${scheduler}.${plugin}`,
      running,
    }),
    allow: pod => allow(pod, plugin),
    reject: (pod, reason) => reject(pod, plugin, reason),
    activate,
  };
}

/** Who asks twice in one attempt goes on with the same stream. */
function attemptStreams(
  stream: (name: string) => RandomStream,
  {prefix, running}: {prefix: string; running: () => Profile},
): PluginHandle['attemptRandom'] {
  let last: {pod: PodInfo; attempts: number; stream: RandomStream} | undefined;
  return pod => {
    const {attempt, attempts} = running();
    if (last?.pod !== pod || last.attempts !== attempts) {
      const name = `${prefix}/${pod.namespace}/${pod.name}/${attempt}`;
      last = {pod, attempts, stream: stream(name)};
    }
    return last.stream;
  };
}
