// The six policies that the FGD paper compares, as formulas over plain arrays: what each finds on a
// node, and which of the feasible nodes it takes.

import type {RandomStream} from '../../../src/engine/random.ts';
import {fragmentation, type NodeState, type Shape} from './fragmentation.ts';
import type {OpenbPod} from './openb.ts';

export type Policy = 'Random' | 'BestFit' | 'DotProd' | 'GpuPacking' | 'GpuClustering' | 'FGD';

export type PlayedNode = NodeState & {
  name: string;
  memoryFree: number;
  pods: number;
  version: number;
  /** Of the GPU pods there: 0 for a share, else how many whole devices. */
  classes: Set<number>;
  fragmentation: number;
};

export type Choice = {score: number; devices(random: RandomStream): readonly number[]};

type Look = {pod: OpenbPod; node: PlayedNode; shapes: readonly Shape[]};

type Rules = {
  look(question: Look): Choice;
  /** The place in the list; ties go to the first. */
  choose(choices: readonly Choice[], random: RandomStream): number;
};

const mostCpu = 128_000;
const mostGpu = 8000;

export const policies: Record<Policy, Rules> = {
  Random: {
    look: ({pod, node}) => ({score: 0, devices: random => randomDevices(pod, node, random)}),
    choose: (choices, random) => Math.floor(random.uniform() * choices.length),
  },
  BestFit: {look: scored(bestFit), choose: firstOfScaled},
  DotProd: {look: scored(dotProduct), choose: firstOfBest},
  GpuPacking: {look: scored(packing), choose: firstOfBest},
  GpuClustering: {look: scored(clustering), choose: firstOfBest},
  FGD: {look: gradient, choose: firstOfBest},
};

function scored(score: (question: Look) => number): Rules['look'] {
  return question => {
    const devices = tightest(question.pod, question.node);
    return {score: score(question), devices: () => devices};
  };
}

function bestFit({pod, node}: Look): number {
  const cpu = (0.5 * (node.cpuFree - pod.cpu)) / mostCpu;
  const gpu = (0.5 * (gpuFree(node) - pod.count * pod.milli)) / mostGpu;
  return Math.trunc(100 * (1 - cpu - gpu));
}

function dotProduct({pod, node}: Look): number {
  const cpu = (node.cpuFree / mostCpu) * (pod.cpu / mostCpu);
  const gpu = (gpuFree(node) / mostGpu) * ((pod.count * pod.milli) / mostGpu);
  return Math.trunc(100 * (1 - (cpu + gpu) / 2));
}

function packing({pod, node}: Look): number {
  if (pod.count === 0) return 0;
  const free = node.free.filter(milli => milli === 1000).length;
  if (free === node.free.length) return Math.max(33 - free, free);
  const chosen = tightest(pod, node).map(device => node.free[device]);
  const opened = chosen.filter(milli => milli === 1000).length;
  if (opened > 0) return Math.max(50 - opened, 33);
  const tenths = chosen.reduce((sum, milli) => sum + Math.trunc((milli * 100) / 1000), 0);
  return Math.max(100 - Math.trunc(tenths / 10), 50);
}

function clustering({pod, node}: Look): number {
  if (pod.count === 0) return 0;
  const own = pod.milli < 1000 ? 0 : pod.count;
  const base = Math.trunc((25 * (mostGpu - gpuFree(node))) / mostGpu);
  if (node.classes.size === 0) return base + 25;
  if (!node.classes.has(own)) return base;
  return base + (node.classes.size === 1 ? 75 : 50);
}

function gradient({pod, node, shapes}: Look): Choice {
  const candidates =
    pod.count > 0 && pod.milli < 1000
      ? suitable(pod, node).map(device => [device])
      : [tightest(pod, node)];
  let best: {score: number; devices: readonly number[]} | undefined;
  for (const devices of candidates) {
    const free = [...node.free];
    for (const device of devices) free[device] -= pod.milli;
    const after = {model: node.model, cpuFree: node.cpuFree - pod.cpu, free};
    const gained = node.fragmentation - fragmentation(after, shapes);
    const score = Math.trunc(100 / (1 + Math.exp(-gained / 1000)));
    if (best === undefined || score > best.score) best = {score, devices};
  }
  const {score, devices} = best ?? {score: 0, devices: []};
  return {score, devices: () => devices};
}

/** Whole devices by index, a share on the device that it fits most tightly. */
function tightest(pod: OpenbPod, node: PlayedNode): number[] {
  const devices = suitable(pod, node);
  return devices.sort((a, b) => node.free[a] - node.free[b] || a - b).slice(0, pod.count);
}

function randomDevices(pod: OpenbPod, node: PlayedNode, random: RandomStream): number[] {
  const devices = suitable(pod, node);
  if (pod.count !== 1 || pod.milli === 1000) return devices.slice(0, pod.count);
  return [devices[Math.floor(random.uniform() * devices.length)]];
}

function suitable(pod: OpenbPod, node: PlayedNode): number[] {
  return [...node.free.keys()].filter(device => pod.count > 0 && node.free[device] >= pod.milli);
}

function gpuFree(node: PlayedNode): number {
  return node.free.reduce((sum, free) => sum + free, 0);
}

function firstOfBest(choices: readonly Choice[]): number {
  let best = 0;
  for (let i = 1; i < choices.length; i++) if (choices[i].score > choices[best].score) best = i;
  return best;
}

/** Scaled to 0..100 between the least and the greatest, and truncated, before the first is taken. */
function firstOfScaled(choices: readonly Choice[]): number {
  const scores = choices.map(({score}) => score);
  const least = Math.min(...scores);
  const range = Math.max(...scores) - least;
  if (range === 0) return 0;
  return firstOfBest(
    choices.map(choice => ({...choice, score: Math.trunc((100 * (choice.score - least)) / range)})),
  );
}
