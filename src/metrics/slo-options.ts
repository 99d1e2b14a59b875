// What a scenario may say of the objectives that its Services are to keep.

import * as z from 'zod';
import {choiceOf} from '../options/choice.ts';
import {dnsName} from '../options/dns-name.ts';
import {duration} from '../options/duration.ts';
import {matching} from '../options/matching.ts';
import {share} from '../options/share.ts';
import type {Slo} from './slos.ts';

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';

const good = z.strictObject({
  status: choiceOf(['ok']).default('ok').describe('how a good request ends'),
  within: duration({from: 1}).optional().describe('and how soon, to the last byte'),
});

const slo = z
  .strictObject({
    name: dnsName().describe('of its row in slos.csv'),
    service: matching(new RegExp(`^(${label}/)?${label}$`), 'Service as [NAMESPACE/]NAME')
      .optional()
      .describe('the called Service; all that `from` calls unless written'),
    from: matching(/./, 'name of a caller')
      .optional()
      .describe('an entry of traffic, or an application that calls; all callers unless written'),
    good: good.prefault({}),
    objective: share().describe('of the requests that is to be good'),
    window: duration({from: 1})
      .default('30d')
      .describe('the budget is for the requests of the last so long'),
  })
  .transform(({name, service, from, good: {within}, objective, window}): Slo => {
    const named = service === undefined ? undefined : serviceOf(service);
    return {name, service: named, from, within, objective, window};
  });

function serviceOf(service: string): NonNullable<Slo['service']> {
  const [name, namespace = 'default'] = service.split('/').toReversed();
  return {namespace, name};
}

export const slos = z
  .array(slo)
  .superRefine((given, context) => {
    for (const [i, {name}] of given.entries()) {
      if (given.findIndex(other => other.name === name) === i) continue;
      context.addIssue({
        code: 'custom',
        path: [i, 'name'],
        message: `there is an objective ${name} already`,
      });
    }
  })
  .default([])
  .describe('objectives, judged in slos.csv');
