// Fragmentation as the FGD paper defines it (Weng et al., Beware of Fragmentation, USENIX ATC 2023,
// section 3.2), shape by shape and device by device.

import type {OpenbPod} from './openb.ts';

export type Shape = {
  cpu: number;
  count: number;
  milli: number;
  models: string[];
  probability: number;
};

/** What a shape asks of a node: enough to work out what it leaves idle there. */
export type NodeState = {model: string; cpuFree: number; free: number[]};

/** The most frequent shapes that make up 95 % of the pods. */
export function typicalShapes(pods: readonly OpenbPod[]): Shape[] {
  const counts = new Map<string, {pod: OpenbPod; pods: number}>();
  for (const pod of pods) {
    const key = `${pod.cpu},${pod.milli},${pod.count},${pod.models.join('|')}`;
    const entry = counts.get(key);
    if (entry === undefined) counts.set(key, {pod, pods: 1});
    else entry.pods++;
  }
  const byFrequency = [...counts.values()].sort((left, right) => right.pods - left.pods);
  const typical: {pod: OpenbPod; pods: number}[] = [];
  let covered = 0;
  for (const entry of byFrequency) {
    if (covered >= 0.95 * pods.length) break;
    typical.push(entry);
    covered += entry.pods;
  }
  return typical.map(({pod: {cpu, count, milli, models}, pods: number}) => ({
    cpu,
    count,
    milli,
    models,
    probability: number / covered,
  }));
}

/** The idle milli-GPU of a node that the next typical pod is expected to be unable to use. */
export function fragmentation(node: NodeState, shapes: readonly Shape[]): number {
  let expected = 0;
  for (const shape of shapes) expected += shape.probability * fragmentedFor(node, shape);
  return expected;
}

function fragmentedFor(node: NodeState, shape: Shape): number {
  let idle = 0;
  let tooSmall = 0;
  let suitable = 0;
  for (const free of node.free) {
    idle += free;
    if (free < shape.milli) tooSmall += free;
    else suitable++;
  }
  const runsHere =
    shape.count > 0 &&
    suitable >= shape.count &&
    node.cpuFree >= shape.cpu &&
    (shape.models.length === 0 || shape.models.includes(node.model));
  return runsHere ? tooSmall : idle;
}
