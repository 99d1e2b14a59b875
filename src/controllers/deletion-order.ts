// Which pods go first when there are too many (controller_utils.go, ActivePodsWithRanks).

import {second, type Time} from '../engine/time.ts';
import type {NodeId} from '../objects/ids.ts';
import {isActive, type KnownPod} from './known-pod.ts';

const costAnnotation = 'controller.kubernetes.io/pod-deletion-cost';

export type DeletionQuestion = {
  readonly pods: readonly KnownPod[];
  /** Of all ReplicaSets of the same Deployment: they count when a node has many. */
  readonly related: readonly KnownPod[];
  readonly now: Time;
};

/** `count` of the pods, those that go first. */
export function podsToDelete(question: DeletionQuestion, count: number): KnownPod[] {
  const {pods} = question;
  if (count >= pods.length) return [...pods];
  return inDeletionOrder(question).slice(0, count);
}

export function inDeletionOrder({pods, related, now}: DeletionQuestion): KnownPod[] {
  const perNode = new Map<NodeId, number>();
  for (const pod of related) {
    if (pod.node === undefined || !isActive(pod)) continue;
    perNode.set(pod.node, (perNode.get(pod.node) ?? 0) + 1);
  }
  const rank = ({node}: KnownPod) => (node === undefined ? 0 : (perNode.get(node) ?? 0));
  return [...pods].sort((a, b) => compare(a, b, {rank, now}));
}

type Circumstances = {readonly rank: (pod: KnownPod) => number; readonly now: Time};

function compare(a: KnownPod, b: KnownPod, {rank, now}: Circumstances): number {
  return (
    Number(a.node !== undefined) - Number(b.node !== undefined) ||
    Number(a.phase === 'Running') - Number(b.phase === 'Running') ||
    Number(a.ready) - Number(b.ready) ||
    deletionCost(a) - deletionCost(b) ||
    rank(b) - rank(a) ||
    compareReadiness(a, b, now) ||
    b.restarts - a.restarts ||
    compareAges(a, b, {a: a.createdAt, b: b.createdAt, now})
  );
}

function compareReadiness(a: KnownPod, b: KnownPod, now: Time): number {
  if (!a.ready || !b.ready) return 0;
  return compareAges(a, b, {a: a.readySince, b: b.readySince, now});
}

// The API's times are whole seconds. Ages of the same power of two are alike, so that not always
// the newest go; among these the uid decides, for which the name stands, as random as it is.
function compareAges(a: KnownPod, b: KnownPod, times: {a: Time; b: Time; now: Time}): number {
  const [from, to] = [wholeSeconds(times.a), wholeSeconds(times.b)];
  if (from === to) return 0;
  const difference = magnitude(times.now - from) - magnitude(times.now - to);
  return difference === 0 ? compareNames(a, b) : difference;
}

/** The whole part of log2 of the age in nanoseconds. */
function magnitude(age: Time): number {
  if (age <= 0) return -1;
  let power = 0;
  for (let rest = age * 1000; rest >= 2; rest /= 2) power++;
  return power;
}

function wholeSeconds(time: Time): Time {
  return time - (time % second);
}

function compareNames(a: KnownPod, b: KnownPod): number {
  if (a.name === b.name) return a.serial - b.serial;
  return a.name < b.name ? -1 : 1;
}

/** One that does not read as a whole number counts as none. */
function deletionCost({template}: KnownPod): number {
  const text = template.annotations.get(costAnnotation) ?? '0';
  return /^-?\d{1,10}$/.test(text) ? Number(text) : 0;
}
