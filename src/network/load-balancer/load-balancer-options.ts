// What a scenario may say of its load balancers: how they check nodes and how they choose among
// those that pass. Presets are what each provider's controller sets unless it is told otherwise.

import * as z from 'zod';
import {second} from '../../engine/time.ts';
import type {ServiceObject} from '../../objects/service-object.ts';
import {choiceOf} from '../../options/choice.ts';
import {duration} from '../../options/duration.ts';
import type {TargetCheck} from './target-health.ts';

const check = (interval: number, timeout: number, healthy: number, unhealthy: number) => ({
  ...{interval: interval * second, timeout: timeout * second, announced: false},
  ...{healthyThreshold: healthy, unhealthyThreshold: unhealthy},
});

type Preset = {readonly cluster: TargetCheck; readonly local?: TargetCheck};

// Sources: aws-load-balancer-controller model_builder.go; cloud-provider-aws aws_loadbalancer.go;
// cloud-provider-azure consts.go (no timeout, no healthy threshold); ingress-gce
// healthchecksl4.go, healthchecks.go. MetalLB: in L2 mode speakers miss a lost one after seconds,
// with BGP a router after its hold time (30 s between keepalives, three of them).
const presets = {
  'aws-alb': {cluster: check(15, 5, 2, 2)},
  'aws-nlb': {cluster: check(10, 10, 3, 3), local: check(10, 6, 2, 2)},
  'aws-clb': {cluster: check(10, 5, 2, 6)},
  'aws-nlb-in-tree': {cluster: check(30, 10, 3, 3)},
  azure: {cluster: check(5, 5, 1, 2)},
  'gcp-l4': {cluster: check(8, 1, 1, 3), local: check(3, 1, 1, 2)},
  'gcp-neg': {cluster: check(15, 15, 1, 2)},
  'gcp-instance-group': {cluster: check(60, 60, 1, 10)},
  'metallb-l2': {cluster: {...check(1, 1, 1, 3), announced: true}},
  'metallb-bgp': {cluster: {...check(30, 0, 1, 3), announced: true}},
} as const satisfies Record<string, Preset>;

type Provider = keyof typeof presets;

export const healthCheck = z.strictObject({
  interval: duration({from: 1}).default('10s').describe('from one check to the next'),
  timeout: duration({from: 0}).default('5s').describe('until a silent node has failed one'),
  healthy: z.int().min(1).max(100).default(2).describe('checks in a row that must be passed'),
  unhealthy: z.int().min(1).max(100).default(2).describe('checks in a row that must be failed'),
});

export const balancerOptions = {
  provider: choiceOf(Object.keys(presets) as Provider[])
    .default('aws-nlb')
    .describe('whose checks of nodes: their usual intervals and thresholds'),
  healthCheck: healthCheck.optional().describe("in place of the provider's"),
  balance: choiceOf(['random', 'round-robin'])
    .default('random')
    .describe('which of the healthy nodes gets a new connection'),
};

export type BalancerOptions = {
  readonly provider: Provider;
  readonly healthCheck?: HealthCheckOptions | undefined;
  readonly balance: 'random' | 'round-robin';
};

export type HealthCheckOptions = z.output<typeof healthCheck>;

export function targetCheck(given: HealthCheckOptions): TargetCheck {
  const {interval, timeout, healthy, unhealthy} = given;
  const thresholds = {healthyThreshold: healthy, unhealthyThreshold: unhealthy};
  return {interval, timeout, announced: false, ...thresholds};
}

/** How the nodes of a Service are checked. */
export function checkFor(
  {provider, healthCheck: given}: BalancerOptions,
  {externalTrafficPolicy}: Pick<ServiceObject, 'externalTrafficPolicy'>,
): TargetCheck {
  if (given !== undefined) return targetCheck(given);
  const {cluster, local = cluster}: Preset = presets[provider];
  return externalTrafficPolicy === 'Local' ? local : cluster;
}
