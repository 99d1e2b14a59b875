// What a scenario may say of its scheduler: a profile by name, or a KubeSchedulerConfiguration,
// unchanged, as a file or in place; what a scheduling attempt costs; the limits of the scheduler's
// API client.

import * as z from 'zod';
import {choiceOf} from '../options/choice.ts';
import {matching} from '../options/matching.ts';
import {profileMeanings} from '../scheduler/configuration/ready-made.ts';
import {defaultCost} from '../scheduler/cost-model.ts';
import {allDefaults} from './all-defaults.ts';
import {attemptTime} from './attempt-time.ts';

const configuration = z
  .looseObject({apiVersion: z.string(), kind: z.literal('KubeSchedulerConfiguration')})
  .describe('a KubeSchedulerConfiguration, as kube-scheduler takes it');

const nameOrFile = matching(/./, 'profile name or file').meta({
  title: 'profile name or file',
  anyOf: [
    ...[...profileMeanings].map(([name, description]) => ({const: name, description})),
    {type: 'string', pattern: '[./]', description: 'a KubeSchedulerConfiguration'},
  ],
});

const cost = z.strictObject({
  base: attemptTime().default(`${defaultCost.base}us`).describe('an attempt, without its nodes'),
  perNodeFiltered: attemptTime()
    .default(`${defaultCost.perNodeFiltered}us`)
    .describe('each node looked at'),
  perNodeScored: attemptTime()
    .default(`${defaultCost.perNodeScored}us`)
    .describe('each node that gets a score'),
});

const client = z.strictObject({
  qps: z.number().min(0.001).max(1e9).optional().describe('sustained requests a second (50)'),
  burst: z.int().min(1).max(1e9).optional().describe('requests at once after a rest (100)'),
});

const ours = z.strictObject({
  profile: z.union([nameOrFile, configuration]).default('default'),
  cost: allDefaults(cost),
  client: allDefaults(client),
  retry: choiceOf(['always', 'never'])
    .default('always')
    .describe('never: a pod that fits nowhere is not tried again'),
  plugins: z
    .array(matching(/./, 'file name'))
    .default([])
    .describe('files of strategies; each joins the profile at weight 1 unless that says otherwise'),
});

export const scheduler = z
  .union([nameOrFile, ours, configuration])
  .prefault({})
  .transform(written =>
    isOurs(written)
      ? {...written, path: ['scheduler', 'profile']}
      : {...ours.parse({profile: written}), path: ['scheduler']},
  );

/** `path`: where in the scenario the profile stands. */
export type Scheduler = z.output<typeof scheduler>;

type Ours = z.output<typeof ours>;

function isOurs(written: string | Ours | z.output<typeof configuration>): written is Ours {
  return typeof written === 'object' && !('apiVersion' in written);
}
