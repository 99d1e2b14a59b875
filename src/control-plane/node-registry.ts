// What a stored request does to a node. The one place that writes nodes and tells their signal.

import type {Time} from '../engine/time.ts';
import {unreachable} from '../engine/unreachable.ts';
import type {ApiOutcome} from '../objects/api-client.ts';
import type {NodeId} from '../objects/ids.ts';
import type {Labels} from '../objects/labels.ts';
import type {NodeChange, NodeRequest} from '../objects/node-request.ts';
import type {NodeConditions, NodeObject, Taint} from '../objects/node-spec.ts';
import type {Store} from '../objects/store.ts';

export class NodeRegistry {
  readonly #clock: {readonly now: Time};
  readonly #store: Store;

  constructor(clock: {readonly now: Time}, store: Store) {
    this.#clock = clock;
    this.#store = store;
  }

  perform(request: NodeRequest): ApiOutcome {
    if (request.verb === 'create') return this.#create(request.node);
    const current = this.#store.nodes.get(request.node);
    if (current === undefined) return 'not-found';
    switch (request.verb) {
      case 'update':
        this.#replace(request.node, current, changed(current, request));
        return 'ok';
      case 'update-status':
        this.#replace(request.node, current, {
          ...current,
          conditions: this.#conditions(current.conditions, request.conditions),
        });
        return 'ok';
      case 'delete':
        this.#store.nodeSignals.changed.emit(request.node, current, undefined);
        this.#store.nodes.delete(request.node, this.#clock.now);
        return 'ok';
      default:
        return unreachable(request);
    }
  }

  #create(node: NodeObject): ApiOutcome {
    const {nodes, nodeSignals} = this.#store;
    if (nodes.id(node.name) !== undefined) return 'conflict';
    const id = nodes.add(node, this.#clock.now);
    nodeSignals.changed.emit(id, undefined, node);
    return 'ok';
  }

  #conditions(before: NodeConditions, change: Partial<NodeConditions>): NodeConditions {
    const after = {...before, ...change};
    return after.ready === before.ready ? after : {...after, readySince: this.#clock.now};
  }

  #replace(id: NodeId, before: NodeObject, after: NodeObject): void {
    this.#store.nodes.replace(id, after, this.#clock.now);
    this.#store.nodeSignals.changed.emit(id, before, after);
  }
}

function changed(node: NodeObject, {unschedulable, labels, ...taints}: NodeChange): NodeObject {
  return {
    ...node,
    unschedulable: unschedulable ?? node.unschedulable,
    taints: taintsAfter(node.taints, taints),
    labels: labels === undefined ? node.labels : labelsAfter(node.labels, labels),
  };
}

function taintsAfter(
  before: readonly Taint[],
  {addTaints = [], removeTaints = []}: Pick<NodeChange, 'addTaints' | 'removeTaints'>,
): readonly Taint[] {
  const same = (one: Taint, key: string, effect: string | undefined) =>
    one.key === key && (effect === undefined || one.effect === effect);
  const kept = before.filter(
    taint =>
      !removeTaints.some(({key, effect}) => same(taint, key, effect)) &&
      !addTaints.some(({key, effect}) => same(taint, key, effect)),
  );
  return [...kept, ...addTaints];
}

function labelsAfter(before: Labels, changes: ReadonlyMap<string, string | undefined>): Labels {
  const after = new Map(before);
  for (const [key, value] of changes) {
    if (value === undefined) after.delete(key);
    else after.set(key, value);
  }
  return after;
}
