// Which changes are worth another attempt for a pod that found no room (fit.go's queueing hints).

import type {NodeObject} from '../../objects/node-spec.ts';
import type {Resources} from '../../objects/resources.ts';
import {NodeInfo} from '../cache/node-info.ts';
import type {PodInfo} from '../cache/pod-info.ts';
import type {PodShape} from '../cache/pod-shape.ts';
import type {ClusterEvent} from '../cluster-event.ts';
import type {RequeueHint} from '../framework.ts';
import type {ResourceDemand} from './resource-fit.ts';

export function fitHints(demandOf: (shape: PodShape) => ResourceDemand): RequeueHint[] {
  function roomier(pod: PodInfo, event: ClusterEvent): boolean {
    if (event.kind !== 'node-added' && event.kind !== 'node-allocatable-changed') return false;
    const empty = new NodeInfo(event.node.object);
    if (demandOf(pod.shape).check(empty) !== undefined) return false;
    return event.kind === 'node-added' || grew(pod.shape.requests, event.before, event.node.object);
  }

  return [
    {on: 'pod-deleted', hint: freed},
    {on: 'pod-scaled-down', hint: shrank},
    {on: 'node-added', hint: roomier},
    {on: 'node-allocatable-changed', hint: roomier},
  ];
}

function freed(_pod: PodInfo, event: ClusterEvent): boolean {
  if (event.kind !== 'pod-deleted') return false;
  return event.pod.node !== undefined || event.pod.nominatedNode !== undefined;
}

function shrank(pod: PodInfo, event: ClusterEvent): boolean {
  if (event.kind !== 'pod-scaled-down') return false;
  if (event.pod.id === pod.id) return true;
  if (event.pod.node === undefined) return false;
  const {requests: wanted} = pod.shape;
  const {requests: now} = event.pod.shape;
  const {before} = event;
  if (wanted.cpuMillicores > 0 && now.cpuMillicores < before.cpuMillicores) return true;
  if (wanted.memoryBytes > 0 && now.memoryBytes < before.memoryBytes) return true;
  const storage = now.ephemeralStorageBytes < before.ephemeralStorageBytes;
  if (wanted.ephemeralStorageBytes > 0 && storage) return true;
  return scalarsOf(wanted).some(
    name => (now.scalars?.get(name) ?? 0) < (before.scalars?.get(name) ?? 0),
  );
}

// As haveAnyRequestedResourcesIncreased.
function grew(wanted: Resources, before: NodeObject, after: NodeObject): boolean {
  const rose = (name: string) =>
    (after.allocatable.get(name) ?? 0) > (before.allocatable.get(name) ?? 0);
  if (rose('pods')) return true;
  if (wanted.cpuMillicores > 0 && rose('cpu')) return true;
  if (wanted.memoryBytes > 0 && rose('memory')) return true;
  if (wanted.ephemeralStorageBytes > 0 && rose('ephemeral-storage')) return true;
  return scalarsOf(wanted).some(rose);
}

function scalarsOf({scalars}: Resources): string[] {
  return [...(scalars ?? [])].filter(([, amount]) => amount > 0).map(([name]) => name);
}
