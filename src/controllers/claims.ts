// Which pods are a workload's: those it controls and selects, and those that nobody controls and it
// selects, which it adopts. What it controls and does not select any more it lets go of
// (controller_ref_manager.go).

import type {WorkloadId} from '../objects/ids.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import type {WorkloadObject} from '../objects/workload-object.ts';
import type {ClusterView} from './cluster-view.ts';
import type {KnownPod} from './known-pod.ts';
import {claims} from './orphans.ts';
import type {PlannedRequest} from './plan.ts';

export type Claim = {
  /** In the order of creation. */
  readonly pods: readonly KnownPod[];
  /** To be sent before anything else. */
  readonly requests: readonly PlannedRequest[];
  readonly adopts: boolean;
};

export function claim(view: ClusterView, id: WorkloadId, object: WorkloadObject): Claim {
  const controlled = view.podsOf(id);
  if (object.deletedAt !== undefined) return {pods: controlled, requests: [], adopts: false};
  const orphans = view.orphansOf(object).filter(({terminating}) => !terminating);
  const kept = matching(controlled, object);
  if (orphans.length === 0 && kept.length === controlled.length) {
    return {pods: controlled, requests: [], adopts: false};
  }
  const released = controlled.filter(pod => !kept.includes(pod));
  return {
    pods: [...kept, ...orphans].sort((a, b) => a.serial - b.serial),
    requests: [
      ...released.map(pod => ({verb: 'release-pod', pod: pod.id}) as const),
      ...orphans.map(pod => ({verb: 'adopt-pod', pod: pod.id, owner: id}) as const),
    ],
    adopts: orphans.length > 0,
  };
}

/** Siblings are asked for once. */
function matching(pods: readonly KnownPod[], object: WorkloadObject): readonly KnownPod[] {
  const answers = new Map<PodTemplate, boolean>();
  const matches = ({template}: KnownPod) => {
    const answer = answers.get(template) ?? claims(object, template);
    answers.set(template, answer);
    return answer;
  };
  return pods.every(matches) ? pods : pods.filter(matches);
}
