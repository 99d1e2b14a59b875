// What one asks of the API about a node. Changes are patches: what they do not name stays.

import type {NodeId} from './ids.ts';
import type {NodeConditions, NodeObject, Taint} from './node-spec.ts';

export type NodeRequest =
  | {readonly verb: 'create'; readonly node: NodeObject}
  | ({readonly verb: 'update'; readonly node: NodeId} & NodeChange)
  /** PATCH of the status. */
  | {
      readonly verb: 'update-status';
      readonly node: NodeId;
      readonly conditions: Partial<NodeConditions>;
    }
  | {readonly verb: 'delete'; readonly node: NodeId};

export type NodeChange = {
  readonly unschedulable?: boolean;
  /** Added, or put in the place of one of the same key and effect. */
  readonly addTaints?: readonly Taint[];
  /** By key, and by effect where it is given. */
  readonly removeTaints?: readonly {readonly key: string; readonly effect?: string}[];
  /** `undefined` removes the label. */
  readonly labels?: ReadonlyMap<string, string | undefined>;
};
