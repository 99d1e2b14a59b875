// From a case's arguments to those that the plugin reads in a KubeSchedulerConfiguration.

import * as z from 'zod';

const written = z.looseObject({
  strategy: z.string().optional(),
  resources: z.array(z.unknown()).optional(),
  shape: z.array(z.unknown()).optional(),
  addedAffinity: z
    .object({
      required: z.object({terms: z.array(z.unknown())}).nullish(),
      preferred: z.array(z.object({weight: z.number(), term: z.unknown().optional()})).optional(),
    })
    .nullish(),
});

export function pluginArgsOf(plugin: string, args: unknown, kind: string): object {
  const parsed = written.parse(args ?? {});
  switch (plugin) {
    case 'NodeResourcesFit':
      return fitArgs(parsed);
    case 'NodeAffinity':
      return {addedAffinity: addedAffinity(parsed)};
    case 'PodTopologySpread':
      // As the tables: hard constraints are tested without defaults, soft ones with the system's.
      return {defaultingType: kind === 'filter' ? 'List' : 'System', ...parsed};
    default:
      return parsed;
  }
}

function fitArgs({strategy, resources, shape, ...rest}: z.output<typeof written>): object {
  if (strategy === undefined) return rest;
  const requestedToCapacityRatio = shape === undefined ? undefined : {shape};
  return {...rest, scoringStrategy: {type: strategy, resources, requestedToCapacityRatio}};
}

function addedAffinity({addedAffinity: added}: z.output<typeof written>): object | undefined {
  if (added === null || added === undefined) return undefined;
  const {required, preferred} = added;
  return {
    requiredDuringSchedulingIgnoredDuringExecution:
      required === null || required === undefined ? undefined : {nodeSelectorTerms: required.terms},
    preferredDuringSchedulingIgnoredDuringExecution: preferred?.map(({weight, term}) => ({
      weight,
      preference: term,
    })),
  };
}
