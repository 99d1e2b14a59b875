// The fleet's maintenance: all nodes are rebooted, so many at a time, each emptied first and let in
// again when it is back.

import * as z from 'zod';
import {dnsName} from '../options/dns-name.ts';
import {duration} from '../options/duration.ts';
import {type Target, target} from '../options/target.ts';
import type {FaultDefinition} from './define-fault.ts';
import {type FaultTimes, suddenTimes, timeMistakes} from './fault-times.ts';
import {at} from './known-targets.ts';
import {MaintenanceRound, type RoundOptions} from './maintenance-round.ts';

const options = z.strictObject({
  kind: z.literal('maintenance'),
  name: dnsName().optional().describe('names its random streams; its kind unless written'),
  node: target().optional().describe('which: a name, or a group; all unless written'),
  ...suddenTimes,
  atOnce: z.int().min(1).max(1e6).default(1).describe('how many nodes at a time'),
  drain: z.boolean().default(true).describe('cordon and empty each first, as budgets allow'),
  drainTimeout: duration({from: 1})
    .optional()
    .describe('reboot with the pods still there after so long; without it wait for ever'),
  downtime: duration().default('5m').describe('each is without power; booting comes on top'),
  settle: duration().default('0s').describe('from when one is Ready again to the next'),
});

export const maintenance: FaultDefinition = {
  kind: 'maintenance',
  detailed: false,
  options: options.superRefine((given, context) => {
    for (const {key, message} of timeMistakes(given as FaultTimes, false)) {
      context.addIssue({code: 'custom', path: [key], message});
    }
  }),
  mistakes(given, known) {
    const {node} = given as {node: Target | undefined};
    return node === undefined ? [] : at('node', known.nodes(node));
  },
  create: ({world, name, options: given, clock}) =>
    new MaintenanceRound({world, name, clock, options: given as RoundOptions}),
};
