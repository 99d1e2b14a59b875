// The strategies that are not of kube-scheduler's default profile: each is one score plugin, and a
// ready-made profile of its own name that has it as its only score.

import type {PluginDefinition} from '../../framework.ts';
import {fragmentationGradient} from '../fragmentation-gradient.ts';
import {leastAllocated, mostAllocated} from './allocated.ts';
import {bestFit} from './best-fit.ts';
import {costAware} from './cost-aware.ts';
import {dotProduct} from './dot-product.ts';
import {firstFit} from './first-fit.ts';
import {gpuClustering} from './gpu-clustering.ts';
import {gpuPacking} from './gpu-packing.ts';
import {random} from './random.ts';
import {worstFit} from './worst-fit.ts';

export type Strategy = {
  readonly plugin: PluginDefinition;
  /** In a few words, for who chooses. */
  readonly meaning: string;
};

/** By the name of the profile. */
export const strategies: ReadonlyMap<string, Strategy> = new Map<string, Strategy>([
  ['random', {plugin: random, meaning: 'any node on which the pod fits'}],
  ['first-fit', {plugin: firstFit, meaning: 'the first node on which it fits'}],
  ['best-fit', {plugin: bestFit, meaning: 'where the least cpu and gpu stays free'}],
  ['worst-fit', {plugin: worstFit, meaning: 'where the most cpu and gpu stays free'}],
  [
    'dot-product',
    {plugin: dotProduct, meaning: 'where what is free matches least what it asks for'},
  ],
  ['gpu-packing', {plugin: gpuPacking, meaning: 'devices in use before free ones and free nodes'}],
  [
    'fragmentation-gradient',
    {
      plugin: fragmentationGradient,
      meaning: 'where it leaves the least that typical pods cannot use (FGD)',
    },
  ],
  ['gpu-clustering', {plugin: gpuClustering, meaning: 'pods with as many devices together'}],
  [
    'least-allocated',
    {plugin: leastAllocated, meaning: 'where the smallest share of cpu, memory, gpu is asked for'},
  ],
  [
    'most-allocated',
    {plugin: mostAllocated, meaning: 'where the largest share of cpu, memory, gpu is asked for'},
  ],
  ['cost-aware', {plugin: costAware, meaning: 'where it adds the least to what nodes in use cost'}],
]);
