// ResourceQuotas and LimitRanges: how much a namespace may have, and how much one pod of it.

import type {ResourceList} from './resources.ts';

export type QuotaObject = NewQuota & {
  /** Counts all changes; a write that names an older one is refused as a conflict. */
  readonly version: number;
  /** Of what is limited, in the same units. */
  readonly used: ResourceList;
};

/** As a client sends it. */
export type NewQuota = {
  readonly namespace: string;
  readonly name: string;
  /** By name, as `pods`, `requests.cpu` or `limits.memory`; cpu in millicores. */
  readonly hard: ResourceList;
  /** All must hold for a pod to be counted. */
  readonly scopes: readonly QuotaScope[];
};

export type QuotaScope = {
  readonly name: QuotaScopeName;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  /** Of priority classes. */
  readonly values: readonly string[];
};

export const quotaScopes = [
  'BestEffort',
  'NotBestEffort',
  'Terminating',
  'NotTerminating',
  'PriorityClass',
] as const;

export type QuotaScopeName = (typeof quotaScopes)[number];

export type LimitRange = {
  readonly namespace: string;
  readonly name: string;
  readonly limits: readonly LimitRangeItem[];
};

export type LimitRangeItem = {
  readonly type: 'Container' | 'Pod';
  readonly max: ResourceList;
  readonly min: ResourceList;
  /** Of a container that says none. */
  readonly limits: ResourceList;
  readonly requests: ResourceList;
  /** Limit over request. */
  readonly ratio: ResourceList;
};
