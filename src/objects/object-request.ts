// What one asks of the API about the lesser kinds: whole objects by name.

import type {Address} from '../options/address.ts';
import type {ConfigObject} from './config-object.ts';
import type {BudgetStatus, NewBudget} from './disruption-budget.ts';
import type {EndpointsObject, NewEndpointSlice} from './endpoint-slice.ts';
import type {IngressClass, NewIngress} from './ingress-object.ts';
import type {LimitRange, NewQuota} from './quota.ts';
import type {ResourceList} from './resources.ts';
import type {NewService} from './service-object.ts';
import type {NamespaceObject, PriorityClass} from './store.ts';

export type ObjectRequest =
  /** POST, or PUT where it is there already: as `kubectl apply`. */
  | {readonly verb: 'apply'; readonly object: AnyObject}
  | {readonly verb: 'delete'; readonly kind: ObjectKind; readonly name: string}
  /** Strips the finalizer: a namespace that is being deleted goes for good. */
  | {readonly verb: 'finalize-namespace'; readonly name: string}
  /** Of a budget, by its full name. */
  | {
      readonly verb: 'update-budget';
      readonly name: string;
      readonly version: number;
      readonly status: BudgetStatus;
    }
  /** Of a quota, by its full name. */
  | {
      readonly verb: 'update-quota';
      readonly name: string;
      readonly version: number;
      readonly used: ResourceList;
    }
  /** POST, or PUT of the `version` that its controller has seen. */
  | {
      readonly verb: 'write-slice';
      readonly slice: NewEndpointSlice;
      readonly version: number | undefined;
    }
  /** PATCH of a Service's `status.loadBalancer`. */
  | {
      readonly verb: 'assign-load-balancer';
      readonly name: string;
      readonly addresses: readonly Address[];
    };

export type AnyObject =
  | {readonly kind: 'namespace'; readonly value: NamespaceObject}
  | {readonly kind: 'priority-class'; readonly value: PriorityClass}
  | {readonly kind: 'service'; readonly value: NewService}
  | {readonly kind: 'endpoints'; readonly value: EndpointsObject}
  | {readonly kind: 'endpoint-slice'; readonly value: NewEndpointSlice}
  | {readonly kind: 'ingress'; readonly value: NewIngress}
  | {readonly kind: 'ingress-class'; readonly value: IngressClass}
  | {readonly kind: 'config'; readonly value: ConfigObject}
  | {readonly kind: 'budget'; readonly value: NewBudget}
  | {readonly kind: 'quota'; readonly value: NewQuota}
  | {readonly kind: 'limit-range'; readonly value: LimitRange};

export type ObjectKind = AnyObject['kind'];
