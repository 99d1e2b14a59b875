// A Node object as the API holds it, decoded. Replaced whole when anything changes, never altered.

import type {Time} from '../engine/time.ts';
import type {Address, AddressRange} from '../options/address.ts';
import type {Labels} from './labels.ts';
import type {ResourceList} from './resources.ts';

export type NodeObject = {
  readonly name: string;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly taints: readonly Taint[];
  readonly unschedulable: boolean;
  /** By resource name, cpu in millicores, the rest in bytes or counts, `pods` among them. */
  readonly allocatable: ResourceList;
  readonly images: readonly NodeImage[];
  readonly conditions: NodeConditions;
  /** Only where the manifest says so; else both are given to it. */
  readonly network?: NodeNetwork | undefined;
};

export type NodeNetwork = {
  /** `status.addresses` of type InternalIP. */
  readonly address: Address | undefined;
  /** `spec.podCIDR`. */
  readonly podRange: AddressRange | undefined;
};

export type NodeConditions = {
  readonly ready: 'True' | 'False' | 'Unknown';
  /** As `KubeletReady`, `KubeletNotReady`, `NodeStatusUnknown`. */
  readonly readyReason: string;
  /** When `ready` last changed. */
  readonly readySince: Time;
  readonly memoryPressure: boolean;
  readonly diskPressure: boolean;
};

export const healthy: NodeConditions = {
  ready: 'True',
  readyReason: 'KubeletReady',
  readySince: 0,
  memoryPressure: false,
  diskPressure: false,
};

export type Taint = {readonly key: string; readonly value: string; readonly effect: string};

export type NodeImage = {readonly names: readonly string[]; readonly sizeBytes: number};
