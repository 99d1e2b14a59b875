// InterPodAffinity the slow way: every question compares the pod with every pod there, as the
// reference states the rule. What the plugin's counters say is compared with this.

import {labelsMatch} from '../../../src/objects/labels.ts';
import type {PodAffinityTerm} from '../../../src/objects/pod-spec.ts';
import type {ClusterView} from '../../../src/scheduler/cache/cluster-view.ts';
import type {NodeInfo} from '../../../src/scheduler/cache/node-info.ts';
import type {PodInfo} from '../../../src/scheduler/cache/pod-info.ts';

export function naiveVerdict(pod: PodInfo, node: NodeInfo, cluster: ClusterView): string {
  const {podAffinity, podAntiAffinity} = pod.shape.template.spec;
  const wanted = podAffinity?.required ?? [];
  const unwanted = podAntiAffinity?.required ?? [];
  const selected = (term: PodAffinityTerm, owner: PodInfo, other: PodInfo) =>
    selects(term, owner, other, cluster);
  const isNear = ({topologyKey}: PodAffinityTerm, place: NodeInfo) =>
    place.labels.has(topologyKey) && place.labels.get(topologyKey) === node.labels.get(topologyKey);
  const there = cluster.nodes.flatMap(place => place.pods.map(other => ({place, other})));

  const friends = there.filter(({other}) => wanted.every(term => selected(term, pod, other)));
  if (!wanted.every(({topologyKey}) => node.labels.has(topologyKey))) return 'unresolvable';
  if (!wanted.every(term => friends.some(({place}) => isNear(term, place)))) {
    const isFirst = !friends.some(({place}) =>
      wanted.some(({topologyKey}) => place.labels.has(topologyKey)),
    );
    if (!isFirst || !wanted.every(term => selected(term, pod, pod))) return 'unresolvable';
  }
  const repels = unwanted.some(term =>
    there.some(({place, other}) => isNear(term, place) && selected(term, pod, other)),
  );
  if (repels) return 'unschedulable';
  const isRepelled = there.some(({place, other}) =>
    (other.shape.template.spec.podAntiAffinity?.required ?? []).some(
      term => isNear(term, place) && selected(term, other, pod),
    ),
  );
  return isRepelled ? 'unschedulable' : 'success';
}

export function naiveScores(pod: PodInfo, cluster: ClusterView): number[] {
  const sums = cluster.nodes.map(node => naiveSum(pod, node, cluster));
  const lowest = Math.min(...sums);
  const range = Math.max(...sums) - lowest;
  return sums.map(sum => (range === 0 ? 0 : Math.trunc(100 * ((sum - lowest) / range))));
}

function naiveSum(pod: PodInfo, node: NodeInfo, cluster: ClusterView): number {
  let sum = 0;
  for (const place of cluster.nodes) {
    const add = (term: PodAffinityTerm, weight: number, [owner, other]: readonly PodInfo[]) => {
      const value = place.labels.get(term.topologyKey);
      if (value === undefined || value !== node.labels.get(term.topologyKey)) return;
      if (selects(term, owner, other, cluster)) sum += weight;
    };
    for (const other of place.pods) {
      for (const [owner, about] of [
        [pod, other],
        [other, pod],
      ]) {
        const {podAffinity, podAntiAffinity} = owner.shape.template.spec;
        for (const {weight, term} of podAffinity?.preferred ?? [])
          add(term, weight, [owner, about]);
        for (const {weight, term} of podAntiAffinity?.preferred ?? []) {
          add(term, -weight, [owner, about]);
        }
      }
      // hardPodAffinityWeight, by default 1.
      const {podAffinity} = other.shape.template.spec;
      for (const term of podAffinity?.required ?? []) add(term, 1, [other, pod]);
    }
  }
  return sum;
}

function selects(
  {namespaces, namespaceSelector, labelSelector}: PodAffinityTerm,
  owner: PodInfo,
  other: PodInfo,
  cluster: ClusterView,
): boolean {
  const ownOnly = namespaces.length === 0 && namespaceSelector === undefined;
  const isCovered =
    (ownOnly && other.namespace === owner.namespace) ||
    namespaces.includes(other.namespace) ||
    labelsMatch(namespaceSelector, cluster.namespaceLabels(other.namespace));
  return isCovered && labelsMatch(labelSelector, other.labels);
}
