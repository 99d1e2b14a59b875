// A Service: a name and an address before pods that come and go. Which pods, its selector says; how
// they are reached, its type and its policies.

import type {Time} from '../engine/time.ts';
import type {Address, AddressRange} from '../options/address.ts';
import type {Labels} from './labels.ts';

export type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

export type ServicePort = {
  /** Only a Service's single port may do without. */
  readonly name: string;
  readonly protocol: Protocol;
  readonly port: number;
  /** A number, or the name of a container's port, which is looked up pod by pod. */
  readonly targetPort: number | string;
  /** On every node; `undefined` where none is asked for, or none is given. */
  readonly nodePort: number | undefined;
};

/** The ways in which `trafficDistribution` prefers endpoints; PreferClose is an alias. */
export type TrafficDistribution = 'PreferSameZone' | 'PreferSameNode';

export type ServiceObject = {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  /** `undefined`: somebody else writes its endpoints. */
  readonly selector: Labels | undefined;
  readonly type: ServiceType;
  readonly headless: boolean;
  /** As written; once the API holds it, as given. None if headless or ExternalName. */
  readonly clusterIP: Address | undefined;
  readonly ports: readonly ServicePort[];
  /** How long a client stays with its endpoint (ClientIP); `undefined`: not at all. */
  readonly sessionAffinity: Time | undefined;
  readonly internalTrafficPolicy: 'Cluster' | 'Local';
  readonly externalTrafficPolicy: 'Cluster' | 'Local';
  readonly trafficDistribution: TrafficDistribution | undefined;
  /** The annotation `service.kubernetes.io/topology-mode: Auto`. */
  readonly topologyAuto: boolean;
  readonly publishNotReadyAddresses: boolean;
  readonly externalName: string | undefined;
  readonly externalIPs: readonly Address[];
  /** Of a LoadBalancer; without them it goes by pods alone. */
  readonly allocateNodePorts: boolean;
  readonly healthCheckNodePort: number | undefined;
  readonly loadBalancerClass: string | undefined;
  readonly loadBalancerIP: Address | undefined;
  readonly loadBalancerSourceRanges: readonly AddressRange[];
  /** `status.loadBalancer.ingress`; empty while it is pending. */
  readonly loadBalancer: readonly Address[];
};

/** As somebody wishes it: without a status. */
export type NewService = Omit<ServiceObject, 'loadBalancer'>;

export function serviceName({namespace, name}: Pick<ServiceObject, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

/** It has an address of its own within the cluster. */
export function wantsClusterIP({type, headless}: NewService): boolean {
  return type !== 'ExternalName' && !headless;
}

export function wantsNodePorts({type, allocateNodePorts}: NewService): boolean {
  return type === 'NodePort' || (type === 'LoadBalancer' && allocateNodePorts);
}

/** As NeedsHealthCheck. */
export function wantsHealthCheck({type, externalTrafficPolicy}: NewService): boolean {
  return type === 'LoadBalancer' && externalTrafficPolicy === 'Local';
}

/** The endpoint slice controller makes its slices. */
export function selectsPods({type, selector}: NewService): boolean {
  return type !== 'ExternalName' && selector !== undefined;
}
