// What a scenario may say of a trace.

import * as z from 'zod';
import {choiceOf} from '../../options/choice.ts';
import {dnsName} from '../../options/dns-name.ts';
import {matching} from '../../options/matching.ts';
import {percentage} from '../../options/percentage.ts';
import {quantity} from '../../options/quantity.ts';
import {commonOptions, wholeNumber} from '../common-options.ts';
import {arrivalsOption} from './arrivals-option.ts';
import {formatNames} from './formats/index.ts';
import {lifetimeOption} from './lifetime-option.ts';

const inflate = z
  .strictObject({
    to: percentage({to: 100_000}).describe('of what the nodes have at the start, together'),
    of: choiceOf(['gpu', 'cpu', 'memory']).describe('what is counted'),
  })
  .optional()
  .describe(
    'copies of random pods follow while all together ask for no more; of too many, random ones are left out',
  );

const traceOptions = z.strictObject({
  kind: z.literal('trace'),
  name: dnsName()
    .default('trace')
    .describe('names it; pods that the trace does not name are NAME-0, NAME-1 …'),
  format: choiceOf(formatNames).describe('what the file is'),
  pods: matching(/./, 'file name').describe('the file of the trace, may be gzipped'),
  first: wholeNumber(1, 1e9).optional().describe('only so many rows, from the top'),
  machineMemory: quantity({from: 1})
    .optional()
    .describe('alibaba-2017 tells memory in shares of a machine: what a whole one has'),
  namespace: commonOptions.namespace,
  start: commonOptions.start.describe('when its first pod comes, or the time zero of its times'),
  until: commonOptions.until,
  lifetime: lifetimeOption()
    .default('trace')
    .describe(
      'how long a pod runs once started: trace (for ever where it does not say), forever, or a distribution',
    ),
  template: commonOptions.template,
  arrivals: arrivalsOption()
    .default('trace')
    .describe(
      'when pods come: trace, {speed: 10} so many times as fast, {within: 1h} all in so long, once all at the start, {every: 1s} one after the other',
    ),
  order: choiceOf(['trace', 'file', 'name', 'shuffled'])
    .default('trace')
    .describe(
      'who comes first: by time (else as in the file), as in the file, by name, or a random order each replication',
    ),
  inflate,
});

export const checkedTraceOptions = traceOptions.superRefine((options, context) => {
  const {format, machineMemory, template} = options;
  const wrong = (message: string, key = 'machineMemory') =>
    context.addIssue({code: 'custom', path: [key], message});
  if (format === 'alibaba-2017' && machineMemory === undefined) {
    wrong('expected one such as 256Gi: the trace tells memory in shares of a machine');
  }
  if (format !== 'alibaba-2017' && machineMemory !== undefined) {
    wrong(`expected none: ${format} tells memory in bytes`);
  }
  if (format === 'pods' && template !== undefined) {
    wrong('expected none: the pods of a dump are whole', 'template');
  }
});

export type TraceOptions = z.output<typeof traceOptions>;
