// What a DaemonSet's spec comes to on each node, kept so that nothing is worked out twice: where
// its pods may be, and the templates that they share. Not part of the state: all of it follows from
// the spec.

import type {NodeId, WorkloadId} from '../objects/ids.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import type {DaemonSetSpec} from '../objects/workload-object.ts';
import {type DaemonPlace, daemonPlace, daemonTemplate} from './daemon-nodes.ts';
import type {KnownPod} from './known-pod.ts';
import {templateHash} from './template-hash.ts';

const hashLabel = 'controller-revision-hash';

type Remembered = {
  readonly template: PodTemplate;
  readonly hash: string;
  readonly nodes: Map<NodeId, RememberedNode>;
  readonly byName: Map<string, NodeId>;
};

type RememberedNode = {
  readonly value: NodeObject;
  readonly place: DaemonPlace;
  template: PodTemplate | undefined;
};

export class DaemonMemory {
  readonly #sets = new Map<WorkloadId, Remembered>();

  hash(id: WorkloadId, spec: DaemonSetSpec): string {
    return this.#of(id, spec).hash;
  }

  hashOf({template}: KnownPod): string | undefined {
    return template.labels.get(hashLabel);
  }

  place(id: WorkloadId, spec: DaemonSetSpec, at: {node: NodeId; value: NodeObject}): DaemonPlace {
    return this.#node(id, spec, at).place;
  }

  template(
    id: WorkloadId,
    spec: DaemonSetSpec,
    at: {node: NodeId; value: NodeObject},
  ): PodTemplate {
    const {template, hash} = this.#of(id, spec);
    const node = this.#node(id, spec, at);
    node.template ??= daemonTemplate(
      {...template, labels: new Map([...template.labels, [hashLabel, hash]])},
      at.value.name,
    );
    return node.template;
  }

  /** The node that a pod without one is meant for (GetTargetNodeName); it may be gone. */
  target(id: WorkloadId, pod: KnownPod): NodeId | undefined {
    const name = targetName(pod);
    return name === undefined ? undefined : this.#sets.get(id)?.byName.get(name);
  }

  forget(id: WorkloadId): void {
    this.#sets.delete(id);
  }

  #of(id: WorkloadId, {template}: DaemonSetSpec): Remembered {
    const known = this.#sets.get(id);
    if (known?.template === template) return known;
    const byName = known?.byName ?? new Map<string, NodeId>();
    const fresh = {template, hash: templateHash(template), nodes: new Map(), byName};
    this.#sets.set(id, fresh);
    return fresh;
  }

  #node(
    id: WorkloadId,
    spec: DaemonSetSpec,
    {node, value}: {node: NodeId; value: NodeObject},
  ): RememberedNode {
    const {nodes, byName} = this.#of(id, spec);
    const known = nodes.get(node);
    if (known?.value === value) return known;
    const fresh: RememberedNode = {value, place: daemonPlace(spec, value), template: undefined};
    nodes.set(node, fresh);
    byName.set(value.name, node);
    return fresh;
  }
}

/** Of the node that a pod of a DaemonSet asks for. */
export function targetName({template}: KnownPod): string | undefined {
  return template.spec.nodeAffinity?.required?.[0]?.fields[0]?.values[0];
}
