// A pod as written, to the template that the simulation shares: decoded in full, defaulted and
// checked as the API server does (pkg/apis/core/v1/defaults.go and validation.go).

import {second} from '../engine/time.ts';
import type {Labels} from '../objects/labels.ts';
import type {OwnerReference, PodSpec, PodTemplate} from '../objects/pod-spec.ts';
import {show} from '../options/show.ts';
import {readNodeAffinity, readPodAffinity} from './affinity.ts';
import {readVolumeReferences} from './config-references.ts';
import {checkHostPorts, checkOneOf, readContainers} from './container.ts';
import type {Field} from './field.ts';
import {readGpuRequest} from './gpu.ts';
import {readAnnotations, readLabels, readOwner} from './metadata.ts';
import {checkKey, checkName} from './names.ts';
import {readSpreadConstraints, readToleration} from './placement.ts';
import {readPodDns} from './pod-dns.ts';
import {readRequestsAndLimits, readResourceList} from './resource-list.ts';

type Surroundings = {readonly namespace: string; readonly owner?: OwnerReference};

/** `pod` is a Pod or the `template` of a workload. */
export function readPodTemplate(pod: Field, {namespace, owner}: Surroundings): PodTemplate {
  const metadata = pod.get('metadata');
  const labels = readLabels(metadata.get('labels'));
  nameEnded(pod.get('status').get('phase'));
  return {
    namespace,
    labels,
    annotations: readAnnotations(metadata.get('annotations')),
    owner: owner ?? readOwner(metadata),
    spec: {
      ...readPodSpec(pod.get('spec'), labels),
      gpu: readGpuRequest(metadata.get('annotations')),
    },
  };
}

// As the API server's create, which resets the status: a dump's ended pods hold room again.
function nameEnded(phase: Field): void {
  const text = phase.text();
  if (text !== 'Succeeded' && text !== 'Failed') return;
  phase.warning(`a pod that had ended (${text}) begins anew and takes room again`);
}

function readPodSpec(spec: Field, labels: Labels): PodSpec {
  return {
    ...readIdentity(spec),
    ...readPlacement(spec, labels),
    ...readRunning(spec),
  };
}

type Identity =
  | 'schedulerName'
  | 'nodeName'
  | 'priorityClassName'
  | 'priority'
  | 'preemptionPolicy'
  | 'schedulingGates';

function readIdentity(spec: Field): Pick<PodSpec, Identity> {
  const nodeName = spec.get('nodeName');
  if (nodeName.text()) checkName(nodeName, 'subdomain');
  const className = spec.get('priorityClassName');
  if (className.text()) checkName(className, 'subdomain');
  const preemption = spec.get('preemptionPolicy');
  checkOneOf(preemption, ['PreemptLowerPriority', 'Never']);
  return {
    schedulerName: spec.get('schedulerName').text() || 'default-scheduler',
    nodeName: nodeName.text() || undefined,
    priorityClassName: className.text() || undefined,
    priority: readPriority(spec.get('priority')),
    preemptionPolicy: (preemption.text() || undefined) as PodSpec['preemptionPolicy'],
    schedulingGates: readGates(spec),
  };
}

function readPriority(priority: Field): number | undefined {
  const number = priority.integer();
  if (number !== undefined && (number | 0) !== number) {
    priority.error(`expected a whole number of 32 bits, got ${number}`);
  }
  return number;
}

function readGates(spec: Field): string[] {
  const gates = spec.get('schedulingGates');
  const names = gates.items().map(gate => {
    const name = gate.get('name');
    checkKey(name, name.text() ?? '');
    return name.text() ?? '';
  });
  if (new Set(names).size < names.length) gates.error('duplicate scheduling gates');
  if (names.length > 0 && spec.get('nodeName').text()) {
    spec.get('nodeName').error('a pod with scheduling gates cannot name its node');
  }
  return names;
}

type Placement =
  | 'nodeSelector'
  | 'nodeAffinity'
  | 'podAffinity'
  | 'podAntiAffinity'
  | 'tolerations'
  | 'topologySpreadConstraints';

function readPlacement(spec: Field, labels: Labels): Pick<PodSpec, Placement> {
  const affinity = spec.get('affinity');
  return {
    nodeSelector: readLabels(spec.get('nodeSelector')),
    nodeAffinity: readNodeAffinity(affinity.get('nodeAffinity')),
    podAffinity: readPodAffinity(affinity.get('podAffinity'), labels),
    podAntiAffinity: readPodAffinity(affinity.get('podAntiAffinity'), labels),
    tolerations: spec.get('tolerations').items().map(readToleration),
    topologySpreadConstraints: readSpreadConstraints(spec.get('topologySpreadConstraints'), labels),
  };
}

function readRunning(spec: Field): Omit<PodSpec, Identity | Placement> {
  const hostNetwork = spec.get('hostNetwork').flag();
  const names = new Set<string>();
  const containers = spec.get('containers');
  if (containers.items().length === 0) containers.error('expected at least one container');
  const inits = readContainers(spec.get('initContainers'), {hostNetwork, names, init: true});
  const mains = readContainers(containers, {hostNetwork, names, init: false});
  checkHostPorts(containers, mains);
  const restartPolicy = spec.get('restartPolicy');
  checkOneOf(restartPolicy, ['Always', 'OnFailure', 'Never']);
  const resources = spec.get('resources');
  return {
    hostNetwork,
    dns: readPodDns(spec),
    restartPolicy: (restartPolicy.text() || 'Always') as PodSpec['restartPolicy'],
    terminationGracePeriod: readGrace(spec.get('terminationGracePeriodSeconds')) * second,
    overhead: readResourceList(spec.get('overhead'), 'container'),
    podRequests: resources.present ? readRequestsAndLimits(resources, 'pod').requests : undefined,
    initContainers: inits,
    containers: mains,
    imageVolumes: spec
      .get('volumes')
      .items()
      .flatMap(volume => volume.get('image').get('reference').text() ?? []),
    volumeReferences: readVolumeReferences(spec),
  };
}

// As the API server since 1.20: a negative grace period is kept for old objects and treated as 1.
function readGrace(field: Field): number {
  const seconds = field.integer() ?? 30;
  if (seconds >= 0) return seconds;
  field.warning(`expected at least 0, got ${show(seconds)}, which is treated as 1`);
  return 1;
}
