// A pool of like nodes, as a cluster begins with it or grows by it.

import * as z from 'zod';
import {choiceOf} from './choice.ts';
import {nodeGpus} from './gpu.ts';
import {labelKey, labelMap, labelValue} from './label-map.ts';
import {matching} from './matching.ts';
import {price} from './price.ts';
import {quantity} from './quantity.ts';
import {resourceAmounts} from './resource-amounts.ts';

const poolName = /^[a-z0-9]([-a-z0-9.]{0,240}[a-z0-9])?$/; // a node's name has at most 253 letters

const taint = z
  .strictObject({
    key: matching(labelKey, 'label name'),
    value: matching(labelValue, 'label value').default(''),
    effect: choiceOf(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
  })
  .describe('keeps pods away that do not tolerate it');

const image = z.strictObject({
  name: z.union([z.string(), z.array(z.string())]).describe('one name, or all that it has'),
  size: quantity({from: 1}).describe('in bytes'),
});

export const pool = z
  .strictObject({
    name: matching(poolName, 'name of small letters, digits and hyphens').describe(
      'its nodes are called NAME-0, NAME-1, …',
    ),
    count: z.int().min(1).max(1_000_000).describe('how many nodes'),
    zones: z
      .array(matching(labelValue, 'label value'))
      .default([])
      .describe('given to the nodes in turn'),
    racks: z
      .array(matching(labelValue, 'label value'))
      .default([])
      .describe('given to the nodes in turn'),
    region: matching(labelValue, 'label value').optional(),
    labels: labelMap().default({}),
    taints: z.array(taint).default([]),
    allocatable: resourceAmounts().describe('what pods can use of each node'),
    gpus: nodeGpus.optional(),
    images: z.array(image).default([]).describe('on every node from the start'),
    unschedulable: z.boolean().default(false).describe('cordoned from the start'),
    price: price().optional().describe('of a node an hour, in money of any kind'),
  })
  .describe('like nodes');

export type Pool = z.output<typeof pool>;
