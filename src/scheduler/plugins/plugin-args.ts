// Building blocks for plugin arguments as they stand in a KubeSchedulerConfiguration's
// pluginConfig.

import * as z from 'zod';

/** Strict, with the `apiVersion` and `kind` that every args document may carry. */
export function pluginArgs<Shape extends z.ZodRawShape>(kind: string, shape: Shape) {
  return z.strictObject({
    apiVersion: z.literal('kubescheduler.config.k8s.io/v1').optional(),
    kind: z.literal(kind).optional(),
    ...shape,
  });
}

export function wholeNumber(from: number, to: number) {
  const expected = `expected a whole number from ${from} to ${to}`;
  return z
    .number({error: ({input}) => `${expected}, got ${JSON.stringify(input)}`})
    .refine(value => Number.isInteger(value) && value >= from && value <= to, {
      error: ({input}) => `${expected}, got ${JSON.stringify(input)}`,
    });
}

/** A weight of 0 is what Go has where nothing was written: the default, 1. */
export function resourceWeights(highest: number) {
  const resource = z.strictObject({
    name: z.string().min(1, 'expected the name of a resource'),
    weight: wholeNumber(0, highest)
      .default(1)
      .transform(weight => (weight === 0 ? 1 : weight)),
  });
  return z
    .array(resource)
    .default([])
    .superRefine((resources, check) => {
      resources.forEach(({name}, i) => {
        if (resources.findIndex(other => other.name === name) === i) return;
        check.addIssue({code: 'custom', path: [i, 'name'], message: `${name} is listed twice`});
      });
    })
    .transform(resources => (resources.length > 0 ? resources : cpuAndMemory));
}

export type WeightedResource = {readonly name: string; readonly weight: number};

const cpuAndMemory: WeightedResource[] = [
  {name: 'cpu', weight: 1},
  {name: 'memory', weight: 1},
];
