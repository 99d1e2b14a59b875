// What a scenario may say of its cluster: pools of like nodes, or real Node objects from a file;
// how slow the control plane and the kubelets are.

import {z} from 'zod';
import {managerOptions} from '../controllers/manager-options.ts';
import {kubeletOptions} from '../node/kubelet-options.ts';
import {choiceOf} from '../options/choice.ts';
import {duration} from '../options/duration.ts';
import {matching} from '../options/matching.ts';
import {pool} from '../options/pool.ts';
import {allDefaults} from './all-defaults.ts';
import {kubernetesVersion} from './kubernetes-version.ts';

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
  controllerManager: allDefaults(managerOptions),
});

export type Cluster = z.output<typeof cluster>;
