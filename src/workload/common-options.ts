// What every kind of workload takes: whose pods, when, for how long, and what they look like.

import * as z from 'zod';
import {choiceOf} from '../options/choice.ts';
import {distribution} from '../options/distribution.ts';
import {dnsName} from '../options/dns-name.ts';
import {duration} from '../options/duration.ts';
import {podGpu} from '../options/gpu.ts';
import {show} from '../options/show.ts';
import {type Written, written} from '../options/written.ts';
import {requests} from './requests.ts';

/** The controllers whose selectors the system's default spread constraints use. */
const owners = ['ReplicaSet', 'ReplicationController', 'StatefulSet'] as const;

export const commonOptions = {
  name: dnsName().describe('its pods are called NAME-0, NAME-1 …; its random streams bear it too'),
  namespace: dnsName().default('default').describe('namespace of the pods'),
  start: duration().default('0s').describe('when it begins'),
  until: duration().optional().describe('when it stops; no pod comes later'),
  lifetime: distribution()
    .optional()
    .describe('how long a pod runs once started; without it until somebody deletes it'),
  requests: requests()
    .default({})
    .describe(
      'resources of its first container; {empirical: {values, weights}} draws for each pod',
    ),
  gpu: podGpu()
    .optional()
    .describe('devices of its node: 2 whole ones, 460m of one, or {count, share, models}'),
  template: z
    .looseObject({})
    .optional()
    .describe(
      'a Pod template, {metadata, spec}, as Kubernetes writes it; what it leaves out is filled in',
    ),
  owned: z
    .strictObject({
      kind: choiceOf(owners).default('ReplicaSet').describe('kind of the owners'),
      groupsOf: wholeNumber(1, 1e9).describe('pods to an owner'),
    })
    .optional()
    .describe(
      'pods belong to owners NAME-0, NAME-1 …, one after the other; without it they are bare',
    ),
};

export type CommonOptions = z.output<z.ZodObject<typeof commonOptions>>;

export function wholeNumber(from: number, to: number): Written<number, number> {
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
