// NodeResourcesFitArgs, with the checks of ValidateNodeResourcesFitArgs.

import * as z from 'zod';
import {pluginArgs, resourceWeights, wholeNumber} from './plugin-args.ts';

const shape = z
  .array(z.strictObject({utilization: wholeNumber(0, 100), score: wholeNumber(0, 10)}))
  .min(1, 'expected at least one point')
  .superRefine((points, check) => {
    points.forEach(({utilization}, i) => {
      if (i === 0 || utilization > points[i - 1].utilization) return;
      const before = points[i - 1].utilization;
      const message = `expected a utilization above the point before (${before}), got ${utilization}`;
      check.addIssue({code: 'custom', path: [i, 'utilization'], message});
    });
  });

const scoringStrategy = z
  .strictObject({
    type: z
      .enum(['LeastAllocated', 'MostAllocated', 'RequestedToCapacityRatio'])
      .default('LeastAllocated'),
    resources: resourceWeights(100),
    requestedToCapacityRatio: z.strictObject({shape}).optional(),
  })
  .refine(
    ({type, requestedToCapacityRatio}) =>
      type !== 'RequestedToCapacityRatio' || requestedToCapacityRatio !== undefined,
    {
      path: ['requestedToCapacityRatio'],
      error: 'expected the shape that RequestedToCapacityRatio scores by',
    },
  );

export const nodeResourcesFitArgs = pluginArgs('NodeResourcesFitArgs', {
  ignoredResources: z.array(z.string().min(1)).default([]),
  ignoredResourceGroups: z
    .array(
      z.string().refine(group => group !== '' && !group.includes('/'), {
        error: ({input}) =>
          `expected the part of a resource name before the slash, got ${JSON.stringify(input)}`,
      }),
    )
    .default([]),
  scoringStrategy: scoringStrategy.prefault({}),
});

export type NodeResourcesFitArgs = z.output<typeof nodeResourcesFitArgs>;
