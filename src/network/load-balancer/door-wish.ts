// By which way somebody outside the cluster reaches a Service.

import * as z from 'zod';
import type {NodeObject} from '../../objects/node-spec.ts';
import {isMeant} from '../../objects/node-targets.ts';
import type {ServiceObject} from '../../objects/service-object.ts';
import {choiceOf} from '../../options/choice.ts';
import {target} from '../../options/target.ts';
import {type BalancerOptions, checkFor, healthCheck, targetCheck} from './load-balancer-options.ts';
import type {TargetCheck} from './target-health.ts';

const ways = ['load-balancer', 'node-port', 'external-ip'] as const;

export const via = z.union([
  choiceOf(ways),
  z.strictObject({
    nodePort: z.strictObject({
      nodes: target().optional().describe('those that callers know; all unless written'),
      healthCheck: healthCheck
        .optional()
        .describe('a proxy of your own stands before them, and checks them'),
    }),
  }),
]);

export type Via = z.output<typeof via>;

export type DoorWish = {
  /** `namespace/name`. */
  readonly service: string;
  /** By name or number; the Service's first unless written. */
  readonly port: string | undefined;
  /** As the Service's type says unless written. */
  readonly via: Via | undefined;
  /** Who listens are pods at their nodes' own ports, which the Service only selects. */
  readonly hostPorts?: boolean;
};

/** A way in that is there. */
export type DoorPlan = {
  readonly way: (typeof ways)[number] | 'host-port';
  /** `undefined`: nobody looks after its nodes. */
  readonly check: TargetCheck | undefined;
  readonly balance: 'random' | 'round-robin' | 'one';
};

const unchecked = {check: undefined, balance: 'random'} as const;

/** `undefined` where there is no such way. `balancers`: what the cloud has, if there is one. */
export function planOf(
  wish: DoorWish,
  service: ServiceObject,
  balancers: BalancerOptions | undefined,
): DoorPlan | undefined {
  const way = wayOf(wish, service);
  switch (way) {
    case 'load-balancer':
      if (service.type !== 'LoadBalancer' || service.loadBalancer.length === 0) return undefined;
      if (balancers === undefined) return {way, ...unchecked};
      return {way, check: checkFor(balancers, service), balance: balanceOf(balancers)};
    case 'host-port':
      return {way, ...unchecked, check: ownCheck(wish)};
    case 'node-port': {
      const check = ownCheck(wish);
      const there = service.ports.some(({nodePort}) => nodePort !== undefined);
      return there ? {way, ...unchecked, check} : undefined;
    }
    case 'external-ip':
      return service.externalIPs.length > 0 ? {way, ...unchecked} : undefined;
    default:
      return undefined;
  }
}

/** Of a proxy of one's own. */
function ownCheck({via: wished}: DoorWish): TargetCheck | undefined {
  const given = typeof wished === 'object' ? wished.nodePort.healthCheck : undefined;
  return given && targetCheck(given);
}

/** `undefined`: nobody outside is meant to come in. */
export function wayOf(
  {via: wished, hostPorts}: DoorWish,
  {type, externalIPs}: Pick<ServiceObject, 'type' | 'externalIPs'>,
): DoorPlan['way'] | undefined {
  if (hostPorts === true) return 'host-port';
  if (wished !== undefined) return typeof wished === 'object' ? 'node-port' : wished;
  if (type === 'LoadBalancer') return 'load-balancer';
  if (type === 'NodePort') return 'node-port';
  return externalIPs.length > 0 ? 'external-ip' : undefined;
}

/** One node carries an address in MetalLB's L2 mode. */
function balanceOf({provider, balance}: BalancerOptions): DoorPlan['balance'] {
  return provider === 'metallb-l2' ? 'one' : balance;
}

/** KEP-1143: label of nodes that load balancers leave out. */
const excluded = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** Whether connections may come in there; a node need not be ready for that (KEP-3458). */
export function isDoorNode({via: wished}: DoorWish, {way}: DoorPlan, node: NodeObject): boolean {
  if (way === 'load-balancer') return !node.labels.has(excluded);
  const nodes = typeof wished === 'object' ? wished.nodePort.nodes : undefined;
  return nodes === undefined || isMeant(nodes, node);
}

/** The cluster autoscaler, or a drain that means it, is about to remove the node. */
export function isLeaving({taints}: NodeObject): boolean {
  return taints.some(({key}) => key === 'ToBeDeletedByClusterAutoscaler');
}
