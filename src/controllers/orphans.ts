// Pods that nobody controls, and the workloads that would take them up (controller_ref_manager.go).
// They are kept by namespace and labels, of which there are few, however many pods there are. A
// Job's selector names its own UID, which no other pod bears, so Jobs are left out.

import type {PodId, WorkloadId} from '../objects/ids.ts';
import {labelsMatch} from '../objects/labels.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import {selectorOf, type WorkloadObject} from '../objects/workload-object.ts';
import type {KnownPod} from './known-pod.ts';

type Group = {
  readonly template: PodTemplate;
  readonly pods: Map<PodId, KnownPod>;
  claimants: readonly WorkloadId[] | undefined;
};

export class Orphans {
  readonly #groups = new Map<string, Group>();
  readonly #keys = new WeakMap<PodTemplate, string>();

  add(pod: KnownPod): void {
    if (!isOrphan(pod)) return;
    const key = this.#keyOf(pod.template);
    const group = this.#groups.get(key) ?? {
      template: pod.template,
      pods: new Map<PodId, KnownPod>(),
      claimants: undefined,
    };
    this.#groups.set(key, group);
    group.pods.set(pod.id, pod);
  }

  remove(pod: KnownPod): void {
    if (!isOrphan(pod)) return;
    const key = this.#keyOf(pod.template);
    const group = this.#groups.get(key);
    group?.pods.delete(pod.id);
    if (group?.pods.size === 0) this.#groups.delete(key);
  }

  matching(workload: WorkloadObject): KnownPod[] {
    if (this.#groups.size === 0) return [];
    const found: KnownPod[] = [];
    for (const {template, pods} of this.#groups.values()) {
      if (claims(workload, template)) found.push(...pods.values());
    }
    return found.sort((a, b) => a.serial - b.serial);
  }

  claimants(
    pod: KnownPod,
    workloads: ReadonlyMap<WorkloadId, WorkloadObject>,
  ): readonly WorkloadId[] {
    if (!isOrphan(pod)) return [];
    const group = this.#groups.get(this.#keyOf(pod.template));
    if (group === undefined) return [];
    group.claimants ??= [...workloads]
      .filter(([, workload]) => claims(workload, group.template))
      .map(([id]) => id);
    return group.claimants;
  }

  workloadChanged(after: WorkloadObject | undefined, before: WorkloadObject | undefined): void {
    const same = after && before && selectorOf(after) === selectorOf(before);
    if (same) return;
    for (const group of this.#groups.values()) group.claimants = undefined;
  }

  #keyOf(template: PodTemplate): string {
    const known = this.#keys.get(template);
    if (known !== undefined) return known;
    const labels = [...template.labels].sort(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify([template.namespace, ...labels]);
    this.#keys.set(template, key);
    return key;
  }
}

/** An owner that the API does not hold is an owner still. */
function isOrphan({owner, template}: KnownPod): boolean {
  return owner === undefined && template.owner === undefined;
}

/** Whether the workload would control a pod of this template, if nobody else does. */
export function claims(workload: WorkloadObject, template: PodTemplate): boolean {
  const {kind, namespace} = workload;
  if (kind !== 'ReplicaSet' && kind !== 'ReplicationController' && kind !== 'DaemonSet') {
    return false;
  }
  const {selector} = workload.spec;
  // An empty selector claims nothing.
  return (
    namespace === template.namespace &&
    selector.length > 0 &&
    labelsMatch(selector, template.labels)
  );
}
