// Profiles that a scenario may name instead of writing a configuration: each is the document that
// one would write for kube-scheduler itself.

import {strategies} from '../plugins/strategies/index.ts';
import {apiVersion} from './schema.ts';

/** Of each of them, in a few words. */
export const profileMeanings: ReadonlyMap<string, string> = new Map([
  ['default', "kube-scheduler's own"],
  ['bin-packing', 'the default, but nodes are filled before others are used'],
  ['spreading', 'the default, but zones and nodes share alike before all else'],
  ...[...strategies].map(([name, {meaning}]) => [name, meaning] as const),
]);

export const readyMade: ReadonlyMap<string, object> = new Map([
  ['default', configuration({})],
  // Fills nodes up one after the other, so that whole nodes stay free.
  [
    'bin-packing',
    configuration({
      pluginConfig: [
        {
          name: 'NodeResourcesFit',
          args: {
            scoringStrategy: {
              type: 'MostAllocated',
              resources: [
                {name: 'cpu', weight: 1},
                {name: 'memory', weight: 1},
              ],
            },
          },
        },
      ],
    }),
  ],
  // Spreads the pods of a Service or controller over zones and nodes before anything else.
  [
    'spreading',
    configuration({
      plugins: {score: {enabled: [{name: 'PodTopologySpread', weight: 20}]}},
      pluginConfig: [
        {
          name: 'PodTopologySpread',
          args: {
            defaultingType: 'List',
            defaultConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map(
              topologyKey => ({topologyKey, maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway'}),
            ),
          },
        },
      ],
    }),
  ],
  ...[...strategies].map(([name, {plugin}]) => [name, onlyScore(plugin.name)] as const),
]);

// All nodes are scored, and by nothing else: what the default profile prefers is out.
function onlyScore(name: string): object {
  return configuration({
    percentageOfNodesToScore: 100,
    plugins: {score: {enabled: [{name}], disabled: [{name: '*'}]}},
  });
}

function configuration(profile: object): object {
  return {
    apiVersion,
    kind: 'KubeSchedulerConfiguration',
    profiles: [{schedulerName: 'default-scheduler', ...profile}],
  };
}
