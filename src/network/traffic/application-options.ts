// What a scenario may say of the programs in pods: what they do with a request.

import * as z from 'zod';
import type {Labels} from '../../objects/labels.ts';
import {distribution} from '../../options/distribution.ts';
import {podOwner} from '../../options/pod-target.ts';
import {quantity} from '../../options/quantity.ts';
import {selector} from '../../options/selector.ts';
import {share} from '../../options/share.ts';
import {callingOptions, serviceTo} from './traffic-options.ts';

const call = z.strictObject({
  to: serviceTo,
  chance: share().default(1).describe('that a request needs this call'),
  times: z.int().min(1).max(1000).default(1).describe('side by side'),
  optional: z.boolean().default(false).describe('a failure of it is none of the request'),
  ...callingOptions,
});

const sleep = z.strictObject({
  sleep: distribution().describe('its program waits for so long, without work'),
});

const side = z.union([call, sleep]);

const step = z.union([
  call,
  sleep,
  z.strictObject({parallel: z.array(side).min(1).describe('at most one of them a sleep')}),
]);

/** Also as annotations of a pod: `orrery/takes: 5ms`. */
export const programOptions = {
  takes: distribution().optional().describe('work of one request; none unless written'),
  workers: z.int().min(1).optional().describe('requests at a time; any number unless written'),
  sharing: z.int().min(1).optional().describe('instead: processors that all requests share'),
  queue: z.int().min(0).optional().describe('requests that may wait; any number unless written'),
  cpu: share()
    .optional()
    .describe(
      "of its work that is CPU time, which its container's limit bounds; 100% unless written",
    ),
  errors: share().optional().describe('answers that are errors'),
  answer: quantity({from: 0}).optional().describe('bytes of an answer'),
  holds: z.boolean().optional().describe('a worker is busy until its calls are answered'),
  calls: z.array(step).optional().describe('what a request asks of others, in this order'),
};

export const applications = z
  .array(
    z.strictObject({
      selector: selector().optional().describe('of pods, by their labels; all unless written'),
      workload: podOwner().optional().describe('of pods, by whom they belong to: deployment/web'),
      namespace: z
        .string()
        .optional()
        .describe('of the pods, any unless written, and of Services that are called without one'),
      ...programOptions,
    }),
  )
  .default([])
  .describe('what programs do with a request; key by key the first entry that fits counts');

export type ApplicationEntry = z.output<typeof applications>[number] & {
  /** Only pods with these labels and annotations, from which it was read. */
  readonly of?: {readonly labels: Labels; readonly annotations: Labels};
};
export type CallEntry = z.output<typeof call>;
export type SideEntry = z.output<typeof side>;
export type StepEntry = z.output<typeof step>;

/** Those side by side. */
export function sidesOf(step: StepEntry): readonly SideEntry[] {
  return 'parallel' in step ? step.parallel : [step];
}
