// The FGD paper's experiment once more, independent of the simulator: one pod after another, every
// node asked, whole numbers. Slow where plain words are slow; an answer is kept per node and shape
// until the node changes, without which a run takes minutes.

import {RandomStream} from '../../../src/engine/random.ts';
import {fragmentation, type Shape, typicalShapes} from './fragmentation.ts';
import type {OpenbNode, OpenbPod} from './openb.ts';
import {type Choice, type PlayedNode, type Policy, policies} from './policies.ts';

export type Played = {
  /** Where each pod of the list went, as `node/device,device`; `undefined`: nowhere. */
  placed: readonly (string | undefined)[];
  /** By whole percent arrived: means over the steps at that percent, in percent of all GPU. */
  allocated: Map<number, number>;
  fragmented: Map<number, number>;
};

export type Experiment = {
  nodes: readonly OpenbNode[];
  pods: readonly OpenbPod[];
  policy: Policy;
  seed: string;
};

export function playExperiment({nodes, pods, policy, seed}: Experiment): Played {
  const order = shuffled(pods, new RandomStream(`${seed}/order`));
  return playInOrder({
    nodes: shuffled(nodes, new RandomStream(`${seed}/nodes`)),
    original: pods,
    list: inflated(order, {
      original: pods,
      most: 1.3 * gpuOf(nodes),
      random: new RandomStream(`${seed}/inflation`),
    }),
    ...{policy, random: new RandomStream(`${seed}/policy`)},
  });
}

export type InOrder = {
  nodes: readonly OpenbNode[];
  /** What arrives, one after another. */
  list: readonly OpenbPod[];
  /** The list that says what is typical. */
  original: readonly OpenbPod[];
  policy: Policy;
  random: RandomStream;
};

export function playInOrder({nodes, list, original, policy, random}: InOrder): Played {
  const shapes = typicalShapes(original);
  const cluster = nodes.map(node => emptyNode(node, shapes));
  const total = gpuOf(nodes);
  const means = [new Map<number, Mean>(), new Map<number, Mean>()];
  const place = placing({cluster, shapes, policy, random});
  const placed: (string | undefined)[] = [];
  let arrived = 0;
  let allocated = 0;
  for (const pod of list) {
    const where = place(pod);
    placed.push(where);
    arrived += pod.count * pod.milli;
    if (where !== undefined) allocated += pod.count * pod.milli;
    const percent = Math.round((100 * arrived) / total);
    const fragmented = cluster.reduce((sum, node) => sum + node.fragmentation, 0);
    add(means[0], percent, (100 * allocated) / total);
    add(means[1], percent, (100 * fragmented) / total);
  }
  return {placed, allocated: meansOf(means[0]), fragmented: meansOf(means[1])};
}

function gpuOf(nodes: readonly OpenbNode[]): number {
  return 1000 * nodes.reduce((sum, node) => sum + node.devices, 0);
}

type Placing = {
  cluster: PlayedNode[];
  shapes: readonly Shape[];
  policy: Policy;
  random: RandomStream;
};

function placing({
  cluster,
  shapes,
  policy,
  random,
}: Placing): (pod: OpenbPod) => string | undefined {
  const kept = new Map<string, {version: number; choice: Choice | undefined}[]>();
  return pod => {
    const key = `${pod.cpu},${pod.memory},${pod.milli},${pod.count},${pod.models.join('|')}`;
    let answers = kept.get(key);
    if (answers === undefined) {
      answers = cluster.map(() => ({version: -1, choice: undefined}));
      kept.set(key, answers);
    }
    for (let i = 0; i < cluster.length; i++) {
      const answer = answers[i];
      if (answer.version === cluster[i].version) continue;
      answer.version = cluster[i].version;
      answer.choice = fits(cluster[i], pod)
        ? policies[policy].look({pod, node: cluster[i], shapes})
        : undefined;
    }
    const feasible: number[] = [];
    for (let i = 0; i < cluster.length; i++) if (answers[i].choice !== undefined) feasible.push(i);
    if (feasible.length === 0) return undefined;
    const choices = feasible.map(i => answers[i].choice as Choice);
    const chosen = policies[policy].choose(choices, random);
    const node = cluster[feasible[chosen]];
    const devices = choices[chosen].devices(random);
    occupy(node, {pod, devices, shapes});
    return `${node.name}/${[...devices].sort((left, right) => left - right).join()}`;
  };
}

function fits(node: PlayedNode, pod: OpenbPod): boolean {
  if (node.pods >= 1001 || node.cpuFree < pod.cpu || node.memoryFree < pod.memory) return false;
  if (pod.count === 0) return true;
  if (pod.models.length > 0 && !pod.models.includes(node.model)) return false;
  return node.free.filter(free => free >= pod.milli).length >= pod.count;
}

type Occupying = {pod: OpenbPod; devices: readonly number[]; shapes: readonly Shape[]};

function occupy(node: PlayedNode, {pod, devices, shapes}: Occupying): void {
  node.pods++;
  node.version++;
  node.cpuFree -= pod.cpu;
  node.memoryFree -= pod.memory;
  for (const device of devices) node.free[device] -= pod.milli;
  if (pod.count > 0) node.classes.add(pod.milli < 1000 ? 0 : pod.count);
  node.fragmentation = fragmentation(node, shapes);
}

function emptyNode(node: OpenbNode, shapes: readonly Shape[]): PlayedNode {
  const free = Array.from({length: node.devices}, () => 1000);
  const state = {name: node.name, model: node.model, cpuFree: node.cpu, free};
  return {
    ...state,
    memoryFree: node.memory,
    pods: 0,
    version: 0,
    classes: new Set(),
    fragmentation: fragmentation(state, shapes),
  };
}

/** Fisher–Yates. */
function shuffled<T>(values: readonly T[], random: RandomStream): T[] {
  const result = [...values];
  for (let i = result.length - 1; i > 0; i--) {
    const other = Math.floor(random.uniform() * (i + 1));
    [result[i], result[other]] = [result[other], result[i]];
  }
  return result;
}

type Inflation = {original: readonly OpenbPod[]; most: number; random: RandomStream};

function inflated(list: OpenbPod[], {original, most, random}: Inflation): OpenbPod[] {
  const result = [...list];
  let requested = result.reduce((sum, pod) => sum + pod.count * pod.milli, 0);
  while (requested > most) {
    const [gone] = result.splice(Math.floor(random.uniform() * result.length), 1);
    requested -= gone.count * gone.milli;
  }
  for (;;) {
    const copy = original[Math.floor(random.uniform() * original.length)];
    requested += copy.count * copy.milli;
    if (requested > most) return result;
    result.push(copy);
  }
}

type Mean = {sum: number; steps: number};

function add(means: Map<number, Mean>, percent: number, value: number): void {
  const mean = means.get(percent);
  if (mean === undefined) {
    means.set(percent, {sum: value, steps: 1});
    return;
  }
  mean.sum += value;
  mean.steps++;
}

function meansOf(means: Map<number, Mean>): Map<number, number> {
  return new Map([...means].map(([percent, {sum, steps}]) => [percent, sum / steps]));
}
