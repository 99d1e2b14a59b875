// A KubeSchedulerConfiguration as it may be written (kubescheduler.config.k8s.io/v1), with the
// checks that concern one field. `null` stands for what is not written, as in every Kubernetes
// document.

import * as z from 'zod';
import {show} from '../../options/show.ts';
import {type Written, written} from '../../options/written.ts';

export const apiVersion = 'kubescheduler.config.k8s.io/v1';

const mostInt32 = 2 ** 31 - 1;

const pluginEntry = z.strictObject({
  name: z.string().min(1, 'expected the name of a plugin'),
  weight: optional(wholeNumber(0, mostInt32)),
});

const pluginSet = z.strictObject({
  enabled: optional(z.array(pluginEntry)),
  disabled: optional(z.array(pluginEntry)),
});

const plugins = z.strictObject({
  multiPoint: optional(pluginSet),
  preEnqueue: optional(pluginSet),
  queueSort: optional(pluginSet),
  preFilter: optional(pluginSet),
  filter: optional(pluginSet),
  postFilter: optional(pluginSet),
  preScore: optional(pluginSet),
  score: optional(pluginSet),
  reserve: optional(pluginSet),
  permit: optional(pluginSet),
  preBind: optional(pluginSet),
  bind: optional(pluginSet),
  postBind: optional(pluginSet),
});

const profile = z.strictObject({
  schedulerName: optional(z.string()),
  percentageOfNodesToScore: optional(wholeNumber(0, 100)),
  plugins: optional(plugins),
  pluginConfig: optional(
    z.array(z.strictObject({name: z.string(), args: optional(z.looseObject({}))})),
  ),
});

export const configurationDocument = z.strictObject({
  apiVersion: written<string, string>({
    parse: (input, fail) => {
      if (input === apiVersion) return apiVersion;
      fail(`expected ${apiVersion}, the one version that is still read, got ${show(input)}`);
      return undefined;
    },
    schema: {title: apiVersion, const: apiVersion},
  }),
  kind: z.literal('KubeSchedulerConfiguration'),
  profiles: optional(z.array(profile)),
  percentageOfNodesToScore: optional(wholeNumber(0, 100)),
  podInitialBackoffSeconds: optional(wholeNumber(1, 1e9)),
  podMaxBackoffSeconds: optional(wholeNumber(1, 1e9)),
  clientConnection: optional(
    z.strictObject({
      qps: optional(z.number()),
      burst: optional(wholeNumber(0, mostInt32)),
      kubeconfig: optional(z.string()),
      acceptContentTypes: optional(z.string()),
      contentType: optional(z.string()),
    }),
  ),
  extenders: optional(z.array(z.looseObject({urlPrefix: optional(z.string())}))),
  // Of no effect here: work is done one step after the other, by one scheduler that always leads,
  // and nobody scrapes or profiles it.
  parallelism: optional(wholeNumber(1, mostInt32)),
  leaderElection: optional(z.looseObject({})),
  healthzBindAddress: optional(z.string()),
  metricsBindAddress: optional(z.string()),
  enableProfiling: optional(z.boolean()),
  enableContentionProfiling: optional(z.boolean()),
  delayCacheUntilActive: optional(z.boolean()),
});

export type ConfigurationDocument = z.output<typeof configurationDocument>;
export type ProfileDocument = z.output<typeof profile>;
export type PluginsDocument = z.output<typeof plugins>;

function optional<Type extends z.ZodType>(type: Type) {
  return type.nullish().transform(value => value ?? undefined);
}

function wholeNumber(from: number, to: number): Written<number, number> {
  return written({
    parse: (input, fail) => {
      if (Number.isSafeInteger(input) && Number(input) >= from && Number(input) <= to) {
        return Number(input);
      }
      fail(`expected a whole number from ${from} to ${to}, got ${show(input)}`);
      return undefined;
    },
    schema: {title: 'whole number', type: 'integer', minimum: from, maximum: to},
  });
}
