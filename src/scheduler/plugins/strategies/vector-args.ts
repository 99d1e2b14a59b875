// Args of the strategies that put resources of different kinds side by side: each is measured
// against a fixed amount, `of`, which is the largest node of the published trace unless written.

import * as z from 'zod';
import {readQuantity} from '../../../options/quantity.ts';
import {show} from '../../../options/show.ts';
import {written} from '../../../options/written.ts';
import {pluginArgs} from '../plugin-args.ts';

/** A quantity as Kubernetes writes it: cores, devices, bytes. */
const quantity = () =>
  written<{text: string | number}, string | number>({
    parse: (input, fail) => {
      const amount = readQuantity(input, 'milli');
      if (typeof amount === 'number' && amount > 0) return {text: input as string | number};
      fail(`expected a quantity above 0, got ${show(input)}`);
      return undefined;
    },
    schema: {title: 'quantity', type: ['string', 'number']},
  });

const resource = z
  .strictObject({
    name: z.string().min(1, 'expected the name of a resource'),
    weight: z.number().min(0).default(1),
    of: quantity(),
  })
  .transform(({name, weight, of}) => ({name, weight, of: amountOf(name, of.text)}));

function amountOf(name: string, text: string | number): number {
  return Number(readQuantity(text, name === 'cpu' || name === 'gpu' ? 'milli' : 'one'));
}

export type MeasuredResource = {
  readonly name: string;
  /** The weights of all resources add up to 1. */
  readonly weight: number;
  readonly of: number;
};

export function vectorArgs(plugin: string) {
  return pluginArgs(`${plugin}Args`, {
    resources: z
      .array(resource)
      .min(1, 'expected at least one resource')
      .default([
        {name: 'cpu', weight: 1, of: 128_000},
        {name: 'gpu', weight: 1, of: 8000},
      ])
      .superRefine((resources, check) => {
        resources.forEach(({name}, i) => {
          if (resources.findIndex(other => other.name === name) === i) return;
          check.addIssue({code: 'custom', path: [i, 'name'], message: `${name} is listed twice`});
        });
        if (resources.some(({weight}) => weight > 0)) return;
        check.addIssue({code: 'custom', path: [], message: 'expected a weight above 0'});
      })
      .transform((resources): readonly MeasuredResource[] => {
        const sum = resources.reduce((total, {weight}) => total + weight, 0);
        return resources.map(each => ({...each, weight: each.weight / sum}));
      }),
  });
}
