// A node becomes slow, as with a failing disk or a noisy neighbour: everything on it takes longer.

import * as z from 'zod';
import {defineNodeFault} from './node-fault.ts';

export const nodeSlow = defineNodeFault({
  kind: 'node-slow',
  options: {factor: z.number().min(1).max(1e6).describe('how many times as long everything takes')},
  take: (node, {factor}, {machines}) => machines.slow(node, factor),
  release: (node, {factor}, {machines}) => machines.quicken(node, factor),
});
