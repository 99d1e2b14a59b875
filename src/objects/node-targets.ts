// Which nodes a target of a scenario means, at the moment when it is asked: one by name, several by
// theirs, or those that fit, all of them or as many as it says, drawn by chance.

import type {RandomStream} from '../engine/random.ts';
import type {Target, TargetAmount} from '../options/target.ts';
import type {NodeId} from './ids.ts';
import {labelsMatch} from './labels.ts';
import type {NodeObject} from './node-spec.ts';
import type {ObjectTable} from './object-table.ts';

export const zoneLabel = 'topology.kubernetes.io/zone';
export const regionLabel = 'topology.kubernetes.io/region';
export const rackLabel = 'orrery/rack';
export const poolAnnotation = 'orrery/pool';

/** In the order of their numbers. `random` is asked only where some of several are to be drawn. */
export function nodesMeant(
  target: Target,
  nodes: ObjectTable<NodeObject, NodeId>,
  random: () => RandomStream,
): NodeId[] {
  if (target.type === 'one') {
    const id = nodes.id(target.name);
    return id === undefined ? [] : [id];
  }
  const fitting = [...nodes.all()].flatMap(([id, node]) => (isMeant(target, node) ? [id] : []));
  return someOf(fitting, target.amount, random);
}

/** Whether a node is the one, or of the group, whatever number of the group is meant. */
export function isMeant(target: Target, node: NodeObject): boolean {
  if (target.type === 'one') return node.name === target.name;
  const {names, selector, zone, rack, pool} = target;
  return (
    (names === undefined || names.includes(node.name)) &&
    (zone === undefined || node.labels.get(zoneLabel) === zone) &&
    (rack === undefined || node.labels.get(rackLabel) === rack) &&
    (pool === undefined || node.annotations.get(poolAnnotation) === pool) &&
    (selector === undefined || labelsMatch(selector, node.labels))
  );
}

/** So many of them, in their order; of few no more than there are. */
export function someOf<Item>(
  items: readonly Item[],
  amount: TargetAmount | undefined,
  random: () => RandomStream,
): Item[] {
  const count = amount === undefined ? items.length : howMany(amount, items.length);
  if (count >= items.length) return [...items];
  const places = items.map((_, place) => place);
  const stream = random();
  // Fisher and Yates, as far as needed.
  for (let i = 0; i < count; i++) {
    const other = stream.integer(i, places.length - 1);
    [places[i], places[other]] = [places[other], places[i]];
  }
  return places
    .slice(0, count)
    .sort((one, other) => one - other)
    .map(place => items[place]);
}

/** A percentage is rounded to the nearest whole number, but is at least one of those there are. */
function howMany(amount: TargetAmount, all: number): number {
  if ('count' in amount) return amount.count;
  return Math.max(1, Math.floor((amount.percent / 100) * all + 0.5));
}
