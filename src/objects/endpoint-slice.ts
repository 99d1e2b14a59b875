// EndpointSlices: the addresses behind a Service, at most a hundred to an object, which are told to
// every node whenever one of them changes. Replaced whole; endpoints that stay are shared.

import type {Address} from '../options/address.ts';
import type {PodId} from './ids.ts';
import type {Protocol} from './service-object.ts';

export type Endpoint = {
  readonly address: Address;
  /** `undefined` for one that somebody wrote by hand. */
  readonly pod: {readonly id: PodId; readonly serial: number} | undefined;
  readonly node: string | undefined;
  readonly zone: string | undefined;
  /** As a DNS name of its own, where the pod has one. */
  readonly hostname: string | undefined;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  /** Hints: who should prefer it. */
  readonly forZones: readonly string[];
  readonly forNodes: readonly string[];
};

export type EndpointPort = {
  readonly name: string;
  readonly protocol: Protocol;
  readonly port: number;
};

export type EndpointSlice = {
  readonly namespace: string;
  readonly name: string;
  /** The label `kubernetes.io/service-name`. */
  readonly service: string | undefined;
  /** The label `endpointslice.kubernetes.io/managed-by`. */
  readonly managedBy: string | undefined;
  /** The label `service.kubernetes.io/headless`: kube-proxies leave it out. */
  readonly headless: boolean;
  readonly ports: readonly EndpointPort[];
  readonly endpoints: readonly Endpoint[];
  /** Grows with each change; who writes an old one is refused. */
  readonly version: number;
};

export type NewEndpointSlice = Omit<EndpointSlice, 'version'>;

export const sliceController = 'endpointslice-controller.k8s.io';
export const mirroringController = 'endpointslicemirroring-controller.k8s.io';

/** As --max-endpoints-per-slice. */
export const mostEndpoints = 100;

/** The older object, as people write it for a Service without a selector. */
export type EndpointsObject = {
  readonly namespace: string;
  readonly name: string;
  readonly subsets: readonly Pick<EndpointSlice, 'ports' | 'endpoints'>[];
  /** Not the label `endpointslice.kubernetes.io/skip-mirror`. */
  readonly mirrored: boolean;
};
