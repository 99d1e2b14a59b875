// What a scenario may say of its cluster: pools of like nodes, or real Node objects from a file;
// its control plane and its kubelets.

import * as z from 'zod';
import {apiServerOptions} from '../control-plane/api-server-options.ts';
import {managerOptions} from '../controllers/manager-options.ts';
import {kubeletOptions} from '../node/kubelet-options.ts';
import {choiceOf} from '../options/choice.ts';
import {labelMap} from '../options/label-map.ts';
import {matching} from '../options/matching.ts';
import {pool} from '../options/pool.ts';
import {price} from '../options/price.ts';
import {allDefaults} from './all-defaults.ts';
import {controlPlane} from './control-plane-schema.ts';
import {kubernetesVersion} from './kubernetes-version.ts';
import {network} from './network-schema.ts';

const nodesFromFile = z
  .strictObject({
    from: matching(/./, 'file name').describe('a file of nodes, may be gzipped'),
    format: choiceOf(['kubernetes', 'openb', 'csv'])
      .default('kubernetes')
      .describe("what it is: Node objects, a node list of Alibaba's GPU trace, or a table"),
    first: z.int().min(1).max(1_000_000).optional().describe('only so many, from the top'),
    order: choiceOf(['file', 'shuffled'])
      .default('file')
      .describe('as in the file, or a random order each replication'),
  })
  .describe('nodes of a file');

const priceByLabels = z
  .strictObject({
    labels: labelMap().describe('that the node has, as its instance type'),
    price: price().describe('of a node an hour, in money of any kind'),
  })
  .describe('what nodes cost that do not say so themselves');

export const cluster = z.strictObject({
  kubernetes: kubernetesVersion()
    .default('1.36')
    .describe('where versions differ, behave like this one'),
  nodes: z.array(z.union([pool, nodesFromFile])).default([]),
  prices: z.array(priceByLabels).default([]).describe('the first that fits a node counts'),
  controlPlane: allDefaults(controlPlane),
  network: allDefaults(network),
  kubelet: allDefaults(kubeletOptions),
  apiServer: allDefaults(apiServerOptions),
  controllerManager: allDefaults(managerOptions),
});

export type Cluster = z.output<typeof cluster>;

export type NodesFromFile = z.output<typeof nodesFromFile>;
