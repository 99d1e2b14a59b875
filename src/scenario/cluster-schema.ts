// What a scenario may say of its cluster: pools of like nodes, or real Node objects from a file;
// how slow the control plane and the kubelets are.

import {z} from 'zod';
import {kubeletOptions} from '../node/kubelet-options.ts';
import {choiceOf} from '../options/choice.ts';
import {duration} from '../options/duration.ts';
import {quantity} from '../options/quantity.ts';
import {allDefaults} from './all-defaults.ts';
import {kubernetesVersion} from './kubernetes-version.ts';
import {labelKey, labelMap, labelValue} from './label-map.ts';
import {matching} from './matching.ts';
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

const pool = z
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
    images: z.array(image).default([]).describe('on every node from the start'),
    unschedulable: z.boolean().default(false).describe('cordoned from the start'),
  })
  .describe('like nodes');

const nodesFromFile = z
  .strictObject({
    from: matching(/./, 'file name').describe('a file of Node objects, may be gzipped'),
    first: z.int().min(1).max(1_000_000).optional().describe('only so many, from the top'),
  })
  .describe('real Node objects');

const latency = z.union([
  choiceOf(['none']),
  z.strictObject({
    write: duration().default('5ms').describe('from a request to its commit'),
    watch: duration().default('2ms').describe('from a commit to those who watch'),
  }),
]);

const controlPlane = z.strictObject({
  latency: allDefaults(latency).describe('none removes every delay'),
});

export const cluster = z.strictObject({
  kubernetes: kubernetesVersion()
    .default('1.36')
    .describe('where versions differ, behave like this one'),
  nodes: z.array(z.union([pool, nodesFromFile])).default([]),
  controlPlane: allDefaults(controlPlane),
  kubelet: allDefaults(kubeletOptions),
});

export type Pool = z.output<typeof pool>;
export type Cluster = z.output<typeof cluster>;
