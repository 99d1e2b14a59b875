// What happens to Node objects, told at once to whoever measures. Watchers only look.

import {Signal} from '../engine/signal.ts';
import type {NodeId} from './ids.ts';
import type {NodeObject} from './node-spec.ts';

export class NodeSignals {
  /** `before` is absent for a new node, `after` for one that was deleted. */
  readonly changed = new Signal<
    [node: NodeId, before: NodeObject | undefined, after: NodeObject | undefined]
  >();
}
