// What a manifest comes to at the API: one object of those that it holds.

import type {AnyObject} from './object-request.ts';
import type {OwnerReference, PodTemplate} from './pod-spec.ts';
import type {NewWorkload} from './workload-request.ts';

export type AppliedObject =
  | {
      readonly type: 'workload';
      /** Without the owner, whose number is known only once it is there. */
      readonly wish: NewWorkload;
      readonly owner: OwnerReference | undefined;
      /** The manifest says how many; else an object that is there already keeps its number. */
      readonly saysReplicas: boolean;
    }
  | {
      readonly type: 'pod';
      readonly namespace: string;
      readonly name: string;
      readonly template: PodTemplate;
    }
  | {readonly type: 'object'; readonly object: AnyObject};
