// Events that came while a pod was being tried, as plain data: their pods and nodes by name and
// number. A pod that has gone since is made again from its template, as far as hints look at it.

import type {PodId} from '../../objects/ids.ts';
import type {NodeObject} from '../../objects/node-spec.ts';
import type {PodTable} from '../../objects/pods.ts';
import type {SchedulerCache} from '../cache/cache.ts';
import {NodeInfo} from '../cache/node-info.ts';
import {PodInfo} from '../cache/pod-info.ts';
import type {ClusterEvent} from '../cluster-event.ts';

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
  readonly node: string | undefined;
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
      node: pod.node?.name,
      nominatedNode: pod.nominatedNode,
    },
    node: 'node' in event ? event.node.object : undefined,
    before: 'before' in event ? event.before : undefined,
  };
}

type EventParts = {
  readonly cache: SchedulerCache;
  readonly pods: PodTable;
  podOf(id: PodId): PodInfo | undefined;
};

export function restoreEvent(saved: SavedEvent, parts: EventParts): ClusterEvent {
  const {kind, pod, node, before} = saved;
  return {
    kind,
    before,
    pod: pod && (kind === 'pod-deleted' ? copyOf(pod, parts) : podOf(pod, parts)),
    node: node && (parts.cache.node(node.name) ?? new NodeInfo(node)),
  } as ClusterEvent;
}

function podOf(saved: SavedEventPod, parts: EventParts): PodInfo {
  const known = parts.podOf(saved.id);
  return known?.name === saved.name ? known : copyOf(saved, parts);
}

/** As it was: it may be on another node by now. */
function copyOf(saved: SavedEventPod, {cache, pods}: EventParts): PodInfo {
  const shape = cache.shapes.of(pods.templateOf(saved.template));
  const pod = new PodInfo(saved.id, saved.name, shape, saved.priority);
  pod.node = saved.node === undefined ? undefined : cache.nodeOfPods(saved.node);
  pod.nominatedNode = saved.nominatedNode;
  return pod;
}
