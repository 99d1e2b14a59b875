// What endpoints a Service should have: its pods with their conditions, by the ports that its own
// come to in each of them (es:reconciler.go, es:utils.go).

import type {Endpoint, EndpointPort} from '../objects/endpoint-slice.ts';
import type {NodeId} from '../objects/ids.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import {zoneLabel} from '../objects/node-targets.ts';
import type {PodSpec, PodTemplate} from '../objects/pod-spec.ts';
import type {ServiceObject, ServicePort} from '../objects/service-object.ts';
import type {KnownPod} from './known-pod.ts';

/** Endpoints of the same ports: they may be in one slice. */
export type PortGroup = {
  readonly key: string;
  readonly ports: readonly EndpointPort[];
  readonly endpoints: Endpoint[];
};

export type Wanted = {
  readonly groups: ReadonlyMap<string, PortGroup>;
  /** Pods on nodes that are not there were left out. */
  readonly incomplete: boolean;
};

export function wantedEndpoints(
  service: ServiceObject,
  pods: readonly KnownPod[],
  nodes: ReadonlyMap<NodeId, NodeObject>,
): Wanted {
  const groups = new Map<string, PortGroup>();
  const byTemplate = new Map<PodTemplate, PortGroup>();
  let incomplete = false;
  for (const pod of pods) {
    const node = pod.node === undefined ? undefined : nodes.get(pod.node);
    if (node === undefined && !service.publishNotReadyAddresses) {
      incomplete = true;
      continue;
    }
    let group = byTemplate.get(pod.template);
    if (group === undefined) {
      group = groupOf(groups, portsIn(service, pod.template.spec));
      byTemplate.set(pod.template, group);
    }
    group.endpoints.push(endpointOf(service, pod, node));
  }
  return {groups, incomplete};
}

export function portKey(ports: readonly EndpointPort[]): string {
  return ports.map(({name, protocol, port}) => `${name}/${protocol}/${port}`).join();
}

function groupOf(groups: Map<string, PortGroup>, ports: readonly EndpointPort[]): PortGroup {
  const key = portKey(ports);
  const known = groups.get(key);
  if (known !== undefined) return known;
  const group: PortGroup = {key, ports, endpoints: []};
  groups.set(key, group);
  return group;
}

/** A pod without a port of that name goes without that port. */
function portsIn({ports}: ServiceObject, spec: PodSpec): EndpointPort[] {
  return ports.flatMap(port => {
    const number = targetOf(port, spec);
    if (number === undefined) return [];
    return [{name: port.name, protocol: port.protocol, port: number}];
  });
}

// As FindPort: of the containers in order, then of sidecars.
function targetOf({targetPort, protocol}: ServicePort, spec: PodSpec): number | undefined {
  if (typeof targetPort === 'number') return targetPort;
  const sidecars = spec.initContainers.filter(({sidecar}) => sidecar);
  for (const {ports} of [...spec.containers, ...sidecars]) {
    const found = ports.find(port => port.name === targetPort && port.protocol === protocol);
    if (found !== undefined) return found.containerPort;
  }
  return undefined;
}

function endpointOf(
  {publishNotReadyAddresses}: ServiceObject,
  pod: KnownPod,
  node: NodeObject | undefined,
): Endpoint {
  const {id, serial, address = 0, ready: serving, terminating} = pod;
  return {
    address,
    pod: {id, serial},
    node: node?.name,
    zone: node?.labels.get(zoneLabel),
    hostname: undefined,
    ready: publishNotReadyAddresses || (serving && !terminating),
    serving,
    terminating,
    forZones: noHints,
    forNodes: noHints,
  };
}

export const noHints: readonly string[] = [];
