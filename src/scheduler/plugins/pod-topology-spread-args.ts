// PodTopologySpreadArgs, with the checks of ValidatePodTopologySpreadArgs.

import * as z from 'zod';
import type {TopologySpreadConstraint} from '../../objects/pod-spec.ts';
import {pluginArgs, wholeNumber} from './plugin-args.ts';
import type {SpreadDefaults} from './spread-constraints.ts';

const most = 2 ** 31 - 1;

// No label selector and no matchLabelKeys: the pod's Services and controller say what is counted.
const constraint = z
  .strictObject({
    maxSkew: wholeNumber(1, most),
    topologyKey: z.string().min(1, 'expected the key of a node label'),
    whenUnsatisfiable: z.enum(['DoNotSchedule', 'ScheduleAnyway']),
    minDomains: wholeNumber(1, most).default(1),
    nodeAffinityPolicy: z.enum(['Honor', 'Ignore']).default('Honor'),
    nodeTaintsPolicy: z.enum(['Honor', 'Ignore']).default('Ignore'),
  })
  .transform(
    (written): TopologySpreadConstraint => ({
      ...written,
      labelSelector: undefined,
      matchLabelKeys: [],
    }),
  );

export const podTopologySpreadArgs = pluginArgs('PodTopologySpreadArgs', {
  defaultConstraints: z
    .array(constraint)
    .superRefine((constraints, check) => {
      constraints.forEach(({topologyKey, whenUnsatisfiable}, i) => {
        const first = constraints.findIndex(
          other =>
            other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable,
        );
        if (first === i) return;
        const message = `${topologyKey} with ${whenUnsatisfiable} is listed twice`;
        check.addIssue({code: 'custom', path: [i], message});
      });
    })
    .default([]),
  defaultingType: z.enum(['System', 'List']).default('System'),
}).refine(
  ({defaultingType, defaultConstraints}) =>
    defaultingType === 'List' || defaultConstraints.length === 0,
  {
    path: ['defaultConstraints'],
    error: 'expected none with defaultingType System; set defaultingType: List to list your own',
  },
);

export type PodTopologySpreadArgs = z.output<typeof podTopologySpreadArgs>;

export function spreadDefaults(args: PodTopologySpreadArgs): SpreadDefaults {
  if (args.defaultingType === 'List') {
    return {constraints: args.defaultConstraints, areTheSystems: false};
  }
  return {constraints: systemDefaults, areTheSystems: true};
}

const softly = {
  whenUnsatisfiable: 'ScheduleAnyway',
  minDomains: 1,
  nodeAffinityPolicy: 'Honor',
  nodeTaintsPolicy: 'Ignore',
  labelSelector: undefined,
  matchLabelKeys: [],
} as const;

const systemDefaults: readonly TopologySpreadConstraint[] = [
  {...softly, topologyKey: 'kubernetes.io/hostname', maxSkew: 3},
  {...softly, topologyKey: 'topology.kubernetes.io/zone', maxSkew: 5},
];
