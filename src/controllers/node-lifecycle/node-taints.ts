// The taints that follow from a node's conditions (node_lifecycle_controller.go,
// doNoScheduleTaintingPass and processTaintBaseEviction).

import type {NodeChange} from '../../objects/node-request.ts';
import type {NodeConditions, NodeObject, Taint} from '../../objects/node-spec.ts';

export type Readiness = NodeConditions['ready'];

const notReady = 'node.kubernetes.io/not-ready';
const unreachable = 'node.kubernetes.io/unreachable';
const unschedulable = 'node.kubernetes.io/unschedulable';
const memoryPressure = 'node.kubernetes.io/memory-pressure';
const diskPressure = 'node.kubernetes.io/disk-pressure';
const following = [notReady, unreachable, unschedulable, memoryPressure, diskPressure];

/** What keeps new pods away; `undefined` when nothing has to change. */
export function noScheduleChange(node: NodeObject): NodeChange | undefined {
  const wanted = wantedKeys(node);
  const has = (key: string) => hasTaint(node, key, 'NoSchedule');
  return change(
    wanted.filter(key => !has(key)).map(key => taint(key, 'NoSchedule')),
    following
      .filter(key => !wanted.includes(key) && has(key))
      .map(key => ({key, effect: 'NoSchedule'})),
  );
}

function wantedKeys({conditions, unschedulable: cordoned}: NodeObject): string[] {
  const keys: string[] = [];
  if (conditions.ready === 'False') keys.push(notReady);
  if (conditions.ready === 'Unknown') keys.push(unreachable);
  if (conditions.memoryPressure) keys.push(memoryPressure);
  if (conditions.diskPressure) keys.push(diskPressure);
  if (cordoned) keys.push(unschedulable);
  return keys;
}

/** What drives pods off: the taint of a node that is not ready, in place of the other one. */
export function noExecuteChange(node: NodeObject, ready: 'False' | 'Unknown'): NodeChange {
  const [key, other] = ready === 'False' ? [notReady, unreachable] : [unreachable, notReady];
  const opposite = hasTaint(node, other, 'NoExecute') ? [{key: other, effect: 'NoExecute'}] : [];
  return {addTaints: [taint(key, 'NoExecute')], removeTaints: opposite};
}

/** `other`: it drives pods off for the reason that holds no more. */
export function noExecuteTaint(
  node: NodeObject,
  ready: 'False' | 'Unknown',
): 'own' | 'other' | 'none' {
  const [key, other] = ready === 'False' ? [notReady, unreachable] : [unreachable, notReady];
  if (hasTaint(node, other, 'NoExecute')) return 'other';
  return hasTaint(node, key, 'NoExecute') ? 'own' : 'none';
}

/** Of a node that is ready again; `undefined` when it has none. */
export function noExecuteRemoval(node: NodeObject): NodeChange | undefined {
  return change(
    [],
    [notReady, unreachable]
      .filter(key => hasTaint(node, key, 'NoExecute'))
      .map(key => ({key, effect: 'NoExecute'})),
  );
}

function change(
  addTaints: NonNullable<NodeChange['addTaints']>,
  removeTaints: NonNullable<NodeChange['removeTaints']>,
): NodeChange | undefined {
  return addTaints.length + removeTaints.length === 0 ? undefined : {addTaints, removeTaints};
}

function hasTaint({taints}: NodeObject, key: string, effect: string): boolean {
  for (const known of taints) if (known.key === key && known.effect === effect) return true;
  return false;
}

function taint(key: string, effect: string): Taint {
  return {key, value: '', effect};
}
