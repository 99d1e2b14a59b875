// What one asks of the API about the lesser kinds: whole objects by name.

import type {ConfigObject} from './config-object.ts';
import type {BudgetStatus, NewBudget} from './disruption-budget.ts';
import type {LimitRange, NewQuota} from './quota.ts';
import type {ResourceList} from './resources.ts';
import type {NamespaceObject, PriorityClass, ServiceObject} from './store.ts';

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
    };

export type AnyObject =
  | {readonly kind: 'namespace'; readonly value: NamespaceObject}
  | {readonly kind: 'priority-class'; readonly value: PriorityClass}
  | {readonly kind: 'service'; readonly value: ServiceObject}
  | {readonly kind: 'config'; readonly value: ConfigObject}
  | {readonly kind: 'budget'; readonly value: NewBudget}
  | {readonly kind: 'quota'; readonly value: NewQuota}
  | {readonly kind: 'limit-range'; readonly value: LimitRange};

export type ObjectKind = AnyObject['kind'];
