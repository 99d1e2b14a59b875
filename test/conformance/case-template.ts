// From a case's pod to the template that the scheduler reads. A feature gate that is off means what
// it means in a cluster: the API server drops the field.

import type {PodTemplate, TopologySpreadConstraint} from '../../src/objects/pod-spec.ts';
import type {CasePod, Features} from './decode-case.ts';

export function templateOf(pod: CasePod, features: Features): PodTemplate {
  const {affinity, podLevelResources} = pod;
  const honoursPodLevel = features.podLevelResources !== false;
  const owner = pod.ownerReferences.find(({controller}) => controller);
  const mounted = pod.volumes.flatMap(({image}) => (image === undefined ? [] : [image.reference]));
  return {
    namespace: pod.namespace,
    labels: pod.labels,
    annotations: new Map(),
    owner,
    spec: {
      schedulerName: 'default-scheduler',
      nodeName: pod.nodeName === '' ? undefined : pod.nodeName,
      nodeSelector: pod.nodeSelector,
      nodeAffinity: affinity?.nodeAffinity ?? undefined,
      podAffinity: affinity?.podAffinity ?? undefined,
      podAntiAffinity: affinity?.podAntiAffinity ?? undefined,
      tolerations: pod.tolerations.map(written => ({...written, tolerationSeconds: undefined})),
      topologySpreadConstraints: spreadConstraints(pod, features),
      priorityClassName: undefined,
      priority: pod.priority,
      preemptionPolicy: pod.preemptionPolicy,
      schedulingGates: pod.schedulingGates,
      hostNetwork: false,
      dns: undefined,
      restartPolicy: 'Always',
      terminationGracePeriod: 0,
      overhead: pod.overhead,
      podRequests: honoursPodLevel ? podLevelResources?.requests : undefined,
      initContainers: pod.initContainers,
      containers: pod.containers,
      imageVolumes: [...pod.imageVolumes, ...mounted],
      volumeReferences: [],
    },
  };
}

function spreadConstraints(pod: CasePod, features: Features): TopologySpreadConstraint[] {
  return pod.topologySpreadConstraints.map(constraint => ({
    ...constraint,
    minDomains: constraint.minDomains ?? 1,
    ...(features.nodeInclusionPolicy === false && {
      nodeAffinityPolicy: 'Honor',
      nodeTaintsPolicy: 'Ignore',
    }),
    ...(features.matchLabelKeys === false && {matchLabelKeys: []}),
  }));
}
