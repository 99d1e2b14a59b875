// What a scenario may say of its kubelets. The defaults are the real kubelet's constants and what
// was published of the rest: start times of pods in clusters of 100 nodes, 10 % full (half within
// 0.90 s, 90 % within 1.29 s, 99 % within 1.59 s) and full (1.94 s, 2.50 s, 4.32 s), from
// kubernetes.io/blog/2015/09. The steps' defaults and `fullNodeSlowness` are fitted to them.

import * as z from 'zod';
import {formatDuration, minute, second} from '../engine/time.ts';
import {choiceOf} from '../options/choice.ts';
import {distribution} from '../options/distribution.ts';
import {duration} from '../options/duration.ts';
import {quantity} from '../options/quantity.ts';

const uniform = (from: string, to: string) => distribution().default({uniform: {from, to}});

const evictionThresholds = z.strictObject({
  'memory.available': quantity({from: 0})
    .default('100Mi')
    .describe('less than that available, pods are evicted; 0: never'),
});

const fields = z.strictObject({
  lifecycle: choiceOf(['auto', 'simple', 'detailed'])
    .default('auto')
    .describe(
      'simple: a pod runs and is ready after podStart; detailed: every step of its life; auto: detailed where manifests hold workloads, ConfigMaps or Secrets, or something is said of containers, probes, images or the options below',
    ),
  podStart: distribution()
    .optional()
    .describe(
      'from seeing a bound pod to its start (simple: 1s; detailed: instead of the steps before)',
    ),
  volumes: uniform('100ms', '300ms').describe('until the volumes of a pod are mounted'),
  sandbox: uniform('100ms', '200ms').describe('to make the sandbox of a pod, with its network'),
  containerStart: uniform('50ms', '150ms').describe('to create and start a container'),
  fullNodeSlowness: z
    .number()
    .min(0)
    .max(100)
    .default(1.25)
    .describe('a pod takes so many times longer to start on a node with all the pods it takes'),
  imageCheck: uniform('100ms', '300ms').describe('to ask the registry before anything is pulled'),
  serializeImagePulls: z
    .boolean()
    .optional()
    .describe('one pull at a time on a node; so unless maxParallelImagePulls is 2 or more'),
  maxParallelImagePulls: z
    .int()
    .min(1)
    .max(1e6)
    .optional()
    .describe('pulls at a time on a node; any number where serializeImagePulls is false'),
  registryPullQPS: z
    .int()
    .min(0)
    .max(1e6)
    .default(5)
    .describe('pulls a second of a node; one too many fails at once; 0: no limit'),
  registryBurst: z.int().min(1).max(1e6).default(10).describe('as many at once after a rest'),
  observe: uniform('0s', '1s').describe('until the kubelet sees what its containers did'),
  syncTick: uniform('0s', '1s').describe('until it looks at pods whose waiting time is over'),
  syncJitter: z
    .number()
    .min(0)
    .max(10)
    .default(0.5)
    .describe('waiting times are longer by up to this share'),
  maxContainerRestartPeriod: duration({from: second, to: 5 * minute})
    .default('300s')
    .describe('the longest CrashLoopBackOff'),
  evictionHard: evictionThresholds
    .prefault({} as z.input<typeof evictionThresholds>)
    .describe('thresholds below which the kubelet evicts pods'),
  evictionPressureTransitionPeriod: duration()
    .default('5m')
    .describe('how long MemoryPressure stays once there is enough again'),
  stopTime: distribution()
    .default('1s')
    .describe('from SIGTERM to the end of a container that says nothing else'),
  sandboxStop: uniform('150ms', '400ms').describe('to take the sandbox of a pod down'),
  boot: distribution()
    .default('30s')
    .describe('from power to a running kubelet; comes after the time that a fault takes power for'),
  shutdownGracePeriod: duration()
    .default('0s')
    .describe(
      'a node that is rebooted ends its pods within this time; 0s: they end with its power',
    ),
  shutdownGracePeriodCriticalPods: duration()
    .default('0s')
    .describe('how much of it is for critical pods, which come last'),
});

export const kubeletOptions = fields.superRefine((given, context) => {
  const {shutdownGracePeriod: all, shutdownGracePeriodCriticalPods: critical} = given;
  if (critical <= all) return;
  const [most, got] = [all, critical].map(formatDuration);
  const message = `expected at most shutdownGracePeriod, ${most}, got ${got}`;
  context.addIssue({code: 'custom', path: ['shutdownGracePeriodCriticalPods'], message});
});

export type KubeletOptions = z.output<typeof kubeletOptions>;
