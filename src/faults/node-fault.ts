// A fault on nodes, each for itself: what all of them share.

import type {z} from 'zod';
import type {NodeId} from '../objects/ids.ts';
import {isMeant, nodesMeant} from '../objects/node-targets.ts';
import {type Target, target} from '../options/target.ts';
import {type Action, defineFault, defineSuddenFault, type FaultDefinition} from './define-fault.ts';
import type {FaultWorld} from './fault-world.ts';
import {at} from './known-targets.ts';

type OnNode<Given> = (node: NodeId, options: Given, world: FaultWorld) => void;
type Given<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>> & {node: Target};

type NodeFault<Shape extends z.ZodRawShape> = {
  readonly kind: string;
  readonly options: Shape;
  readonly take: OnNode<Given<Shape>>;
};

const who = {node: target().describe('which: a name, or a group')};

export function defineNodeFault<Shape extends z.ZodRawShape>(
  definition: NodeFault<Shape> & {readonly release: OnNode<Given<Shape>>},
): FaultDefinition {
  const {kind, options, take, release} = definition;
  return defineFault({
    kind,
    options: {...who, ...options},
    mistakes: (given, known) => at('node', known.nodes((given as Given<Shape>).node)),
    action: {
      ...onNodes,
      take: (node, given, world) => take(node, given as Given<Shape>, world),
      release: (node, given, world) => release(node, given as Given<Shape>, world),
    },
  });
}

export function defineSuddenNodeFault<Shape extends z.ZodRawShape>(
  definition: NodeFault<Shape>,
): FaultDefinition {
  const {kind, options, take} = definition;
  return defineSuddenFault({
    kind,
    options: {...who, ...options},
    mistakes: (given, known) => at('node', known.nodes((given as Given<Shape>).node)),
    action: {...onNodes, take: (node, given, world) => take(node, given as Given<Shape>, world)},
  });
}

/** Whom it strikes: the nodes of the option `node`, and those of the group that come later. */
export const onNodes: Omit<Action<unknown, NodeId, NodeId>, 'take' | 'release'> = {
  things: (options, {store}, random) => nodesMeant(nodeOf(options), store.nodes, random),
  nameOf: (node, {store}) => `node/${store.nodes.nameOf(node)}`,
  partsOf: node => [node],
  remains: (node, {store}) => store.nodes.get(node) !== undefined,
  watchJoining(options, {machines, store}, join) {
    const meant = nodeOf(options);
    // One of a number that was drawn at the start is not joined by others.
    if (meant.type === 'one' || meant.amount !== undefined) return;
    machines.added.watch(node => {
      const object = store.nodes.get(node);
      if (object !== undefined && isMeant(meant, object)) join(node);
    });
  },
};

const nodeOf = (options: unknown) => (options as {node: Target}).node;
