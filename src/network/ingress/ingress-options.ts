// What a scenario may say of its ingress controllers; what is not written is ingress-nginx's
// (kubernetes-network.md, §7.2: flags.go, configmap.md).

import * as z from 'zod';
import {choiceOf} from '../../options/choice.ts';
import {duration} from '../../options/duration.ts';
import {matching} from '../../options/matching.ts';

export const ingressController = z.strictObject({
  class: matching(/^[-.a-z0-9]+$/, 'name of an IngressClass')
    .optional()
    .describe('whose Ingresses it serves; all unless written'),
  service: matching(
    /^([-a-z0-9]+\/)?[a-z0-9][-a-z0-9]*$/,
    'Service such as ingress/controller',
  ).describe('by which its pods are reached: a LoadBalancer or a NodePort'),
  hostPorts: z
    .boolean()
    .default(false)
    .describe(
      'its pods listen at ports of their own nodes; the Service, of any type, selects them',
    ),
  balance: choiceOf(['round-robin', 'ewma', 'random'])
    .default('round-robin')
    .describe('how each pod of it chooses among the ready endpoints'),
  connectTimeout: duration({from: 1}).default('5s').describe('proxy-connect-timeout'),
  readTimeout: duration({from: 1}).default('60s').describe('proxy-read-timeout'),
  tries: z.int().min(1).max(10).default(3).describe('proxy-next-upstream-tries'),
  keepAlive: z
    .int()
    .min(0)
    .max(1e6)
    .default(320)
    .describe('idle connections to pods that each pod of it keeps: upstream-keepalive-connections'),
  syncEvery: duration().default('3333ms').describe('from one sync to the next: sync-rate-limit'),
  poll: duration().default('1s').describe('how often workers look for other endpoints'),
});

export const ingress = z
  .array(ingressController)
  .default([])
  .describe('ingress controllers; unless written, the Service of ingress-nginx is recognised');

export type IngressController = z.output<typeof ingressController>;

/** Full name of the Service in front. */
export function frontService({service}: Pick<IngressController, 'service'>): string {
  return service.includes('/') ? service : `default/${service}`;
}

export const usualController = (service: string): IngressController =>
  ingressController.parse({service});
