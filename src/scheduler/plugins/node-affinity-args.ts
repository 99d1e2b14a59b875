// NodeAffinityArgs: an affinity that the profile adds to every pod's own.

import * as z from 'zod';
import type {NodeAffinity} from '../../objects/pod-spec.ts';
import {prepareTerm} from '../../objects/required-node-affinity.ts';
import {pluginArgs, wholeNumber} from './plugin-args.ts';

const requirement = z.strictObject({
  key: z.string(),
  operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt']),
  values: z.array(z.string()).default([]),
});

const term = z
  .strictObject({
    matchExpressions: z.array(requirement).default([]),
    matchFields: z.array(requirement).default([]),
  })
  .transform(({matchExpressions, matchFields}) => ({
    expressions: matchExpressions,
    fields: matchFields,
  }))
  // As ValidateNodeAffinityArgs: what would silently match nothing on a pod is a mistake here.
  .refine(written => isEmpty(written) || prepareTerm(written) !== undefined, {
    error: 'expected a node selector term whose operators fit their values',
  });

const nodeAffinity = z
  .strictObject({
    requiredDuringSchedulingIgnoredDuringExecution: z
      .strictObject({
        nodeSelectorTerms: z.array(term).min(1, 'expected at least one node selector term'),
      })
      .optional(),
    preferredDuringSchedulingIgnoredDuringExecution: z
      .array(z.strictObject({weight: wholeNumber(1, 100), preference: term}))
      .default([]),
  })
  .transform(
    (written): NodeAffinity => ({
      required: written.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms,
      preferred: written.preferredDuringSchedulingIgnoredDuringExecution.map(
        ({weight, preference}) => ({weight, term: preference}),
      ),
    }),
  );

export const nodeAffinityArgs = pluginArgs('NodeAffinityArgs', {
  addedAffinity: nodeAffinity.optional(),
});

function isEmpty(written: {expressions: readonly unknown[]; fields: readonly unknown[]}): boolean {
  return written.expressions.length === 0 && written.fields.length === 0;
}
