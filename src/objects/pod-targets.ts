// Which running pods a target of a scenario means, at the moment when it is asked.

import type {RandomStream} from '../engine/random.ts';
import type {PodOwner, PodTarget} from '../options/pod-target.ts';
import type {PodId, WorkloadId} from './ids.ts';
import {labelsMatch} from './labels.ts';
import {isMeant, someOf} from './node-targets.ts';
import type {Store} from './store.ts';
import {kindOf} from './workload-object.ts';

export type PodsWanted = {readonly target: PodTarget; readonly namespace: string};

/** In the order of their numbers. `random` is asked only where some of several are to be drawn. */
export function podsMeant(wanted: PodsWanted, store: Store, random: () => RandomStream): PodId[] {
  const {target} = wanted;
  const running = [...store.pods.all()].filter(
    pod => store.pods.phase(pod) === 'Running' && isPodMeant(pod, wanted, store),
  );
  return someOf(running, target.type === 'one' ? undefined : target.amount, random);
}

/** Whether a pod is the one, or of the group, whatever number of the group is meant. */
export function isPodMeant(pod: PodId, {target, namespace}: PodsWanted, store: Store): boolean {
  if (store.pods.namespace(pod) !== namespace) return false;
  if (target.type === 'one') return store.pods.name(pod) === target.name;
  const {workload, fitting} = target;
  const {selector, ...place} = fitting;
  const {labels} = store.pods.template(pod);
  if (selector !== undefined && !labelsMatch(selector, labels)) return false;
  const id = store.pods.node(pod);
  const node = id === undefined ? undefined : store.nodes.get(id);
  if (node !== undefined && !isMeant({...place, selector: undefined}, node)) return false;
  if (workload === undefined) return true;
  return isOwnedBy(store.pods.owner(pod), workload, store);
}

/** By the workload itself, or by what belongs to it, as a Deployment's ReplicaSets. */
function isOwnedBy(owner: WorkloadId | undefined, wanted: PodOwner, store: Store): boolean {
  for (let id = owner; id !== undefined; ) {
    const object = store.workloads.get(id);
    if (object === undefined) return false;
    if (kindOf(object) === wanted.kind && object.name === wanted.name) return true;
    id = object.owner?.id;
  }
  return false;
}

/** The workload that it belongs to, and whom that belongs to. */
export function ownersOf(pod: PodId, store: Store): PodOwner[] {
  const owners: PodOwner[] = [];
  for (let id = store.pods.owner(pod); id !== undefined; ) {
    const object = store.workloads.get(id);
    if (object === undefined) return owners;
    owners.push({kind: kindOf(object), name: object.name});
    id = object.owner?.id;
  }
  return owners;
}
