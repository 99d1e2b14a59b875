// Services for tests: everything irrelevant has its default.

import type {NewService, ServicePort} from '../../src/objects/service-object.ts';
import {labelsOf} from './pods-and-nodes.ts';

export type ServiceWishes = Partial<Omit<NewService, 'selector' | 'ports'>> & {
  readonly selector?: Readonly<Record<string, string>> | undefined;
  readonly ports?: readonly Partial<ServicePort>[];
};

/** Selects `app=NAME` and has port 80, unless wished otherwise. */
export function serviceWith(name: string, wishes: ServiceWishes = {}): NewService {
  const {selector = {app: name}, ports = [{}], ...rest} = wishes;
  return {
    ...plain,
    name,
    ...rest,
    selector:
      'selector' in wishes && wishes.selector === undefined ? undefined : labelsOf(selector),
    ports: ports.map(({port = 80, ...more}) => ({...plainPort, targetPort: port, ...more, port})),
  };
}

const plainPort = {name: '', protocol: 'TCP', nodePort: undefined} as const;

const plain = {
  namespace: 'default',
  labels: labelsOf(),
  type: 'ClusterIP',
  headless: false,
  clusterIP: undefined,
  sessionAffinity: undefined,
  internalTrafficPolicy: 'Cluster',
  externalTrafficPolicy: 'Cluster',
  trafficDistribution: undefined,
  topologyAuto: false,
  publishNotReadyAddresses: false,
  externalName: undefined,
  externalIPs: [],
  allocateNodePorts: true,
  healthCheckNodePort: undefined,
  loadBalancerClass: undefined,
  loadBalancerIP: undefined,
  loadBalancerSourceRanges: [],
} as const;
