// Which aspects of a Node changed, as kube-scheduler's nodeSchedulingPropertiesChange tells them
// apart. Values are compared, not objects: a node may be replaced by an equal one.

import type {NodeObject, Taint} from '../../objects/node-spec.ts';
import type {NodeUpdate} from '../cluster-event.ts';

export function nodeChanges(before: NodeObject, after: NodeObject): NodeUpdate[] {
  const changes: NodeUpdate[] = [];
  if (!sameEntries(before.allocatable, after.allocatable)) changes.push('node-allocatable-changed');
  if (!sameEntries(before.labels, after.labels)) changes.push('node-labels-changed');
  // `spec.unschedulable` is told as a change of taints, since the real one sets a taint with it.
  const cordoned = before.unschedulable !== after.unschedulable;
  if (cordoned || !sameTaints(before.taints, after.taints)) changes.push('node-taints-changed');
  return changes;
}

export function sameEntries<Value>(
  left: ReadonlyMap<string, Value>,
  right: ReadonlyMap<string, Value>,
): boolean {
  if (left === right) return true;
  if (left.size !== right.size) return false;
  for (const [key, value] of left) if (right.get(key) !== value) return false;
  return true;
}

function sameTaints(left: readonly Taint[], right: readonly Taint[]): boolean {
  if (left.length !== right.length) return false;
  return left.every(({key, value, effect}, i) => {
    const other = right[i];
    return key === other.key && value === other.value && effect === other.effect;
  });
}
