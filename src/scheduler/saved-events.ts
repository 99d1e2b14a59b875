// Events that came while a pod was being tried, as plain data: their pods and nodes by name and
// number. A pod that has gone since is made again from its template, as far as hints look at it.

import type {PodId} from '../objects/ids.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import type {PodTable} from '../objects/pods.ts';
import type {ClusterEvent} from './cluster-event.ts';
import {NodeInfo} from './node-info.ts';
import {PodInfo} from './pod-info.ts';
import type {PodShapes} from './pod-shape.ts';

export type SavedEvent = {
  readonly kind: ClusterEvent['kind'];
  readonly pod: SavedEventPod | undefined;
  readonly node: NodeObject | undefined;
  readonly before: unknown;
};

type SavedEventPod = {
  readonly id: PodId;
  readonly name: string;
  readonly template: number;
  readonly priority: number;
  readonly nominatedNode: string | undefined;
};

export function saveEvent(event: ClusterEvent, pods: PodTable): SavedEvent {
  const pod = 'pod' in event ? event.pod : undefined;
  return {
    kind: event.kind,
    pod: pod && {
      id: pod.id,
      name: pod.name,
      template: pods.templateId(pod.shape.template),
      priority: pod.priority,
      nominatedNode: pod.nominatedNode,
    },
    node: 'node' in event ? event.node.object : undefined,
    before: 'before' in event ? event.before : undefined,
  };
}

export type EventParts = {
  readonly pods: PodTable;
  readonly shapes: PodShapes;
  podOf(id: PodId): PodInfo | undefined;
  nodeOf(name: string): NodeInfo | undefined;
};

export function restoreEvent(
  {kind, pod, node, before}: SavedEvent,
  parts: EventParts,
): ClusterEvent {
  return {
    kind,
    before,
    pod: pod && podOf(pod, parts),
    node: node && (parts.nodeOf(node.name) ?? new NodeInfo(node)),
  } as ClusterEvent;
}

function podOf(saved: SavedEventPod, {pods, shapes, podOf: find}: EventParts): PodInfo {
  const known = find(saved.id);
  if (known !== undefined && known.name === saved.name) return known;
  const shape = shapes.of(pods.templateOf(saved.template));
  const pod = new PodInfo(saved.id, saved.name, shape, saved.priority);
  pod.nominatedNode = saved.nominatedNode;
  return pod;
}
