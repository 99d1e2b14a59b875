// What an operation of the timeline is: its options, and what it asks of the API when its time has
// come. An operation that finds nothing to act on does nothing, as kubectl then only says NotFound.

import * as z from 'zod';
import type {Time} from '../engine/time.ts';
import type {Administration} from '../machines/administration.ts';
import type {Machines} from '../machines/machines.ts';
import type {ApiClient} from '../objects/api-client.ts';
import type {Drainer} from '../objects/drainer.ts';
import type {NodeId, WorkloadId} from '../objects/ids.ts';
import type {NodeJoiner} from '../objects/node-joiner.ts';
import type {Store} from '../objects/store.ts';
import type {WorkloadObject} from '../objects/workload-object.ts';
import {duration} from '../options/duration.ts';
import {type Target, target} from '../options/target.ts';
import {targetName, targetText, type WorkloadTarget, workloadTarget} from './workload-target.ts';

export type OperationWorld = {
  /** To look at, as with a GET; what is to change goes through `api`. */
  readonly store: Store;
  readonly api: ApiClient;
  readonly now: Time;
  /** What only hands can do: to plug a machine in, or pull it out. */
  readonly machines: Machines;
  readonly joiner: NodeJoiner;
  readonly drainer: Drainer;
  readonly administration: Administration;
  /** The nodes that a target means now. */
  nodesOf(target: Target): readonly NodeId[];
};

export type OperationDefinition = {
  readonly do: string;
  readonly options: z.ZodObject;
  /** What it acts on, as the incident's row names it; `options` as the schema gives them. */
  targetOf(options: unknown): string;
  perform(world: OperationWorld, options: unknown): void;
  /** What is undone at the time `ends` of its options. */
  end?(world: OperationWorld, options: unknown): void;
};

export type Found = {readonly id: WorkloadId; readonly object: WorkloadObject};

type Options<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>>;

/** An operation on one workload. */
export function onWorkload<Shape extends z.ZodRawShape>(definition: {
  readonly do: string;
  readonly kinds: readonly WorkloadTarget['kind'][];
  readonly options: Shape;
  readonly perform: (found: Found, options: Options<Shape>, world: OperationWorld) => void;
}): OperationDefinition {
  const common = {
    target: workloadTarget(definition.kinds).describe('which, as deployment/web'),
    namespace: z.string().default('default').describe('namespace of the target'),
  };
  type Given = {target: WorkloadTarget; namespace: string};
  return define({
    do: definition.do,
    options: {...common, ...definition.options},
    targetOf: given => {
      const {target, namespace} = given as Given;
      return `${targetText(target)} in ${namespace}`;
    },
    perform(world, given) {
      const {target, namespace} = given as Given;
      const id = world.store.workloads.id(targetName(target, namespace));
      const object = id === undefined ? undefined : world.store.workloads.get(id);
      if (id === undefined || object === undefined) return;
      definition.perform({id, object}, given as Options<Shape>, world);
    },
  });
}

/** An operation on each of the nodes that `node` means. */
export function onNodes<Shape extends z.ZodRawShape>(definition: {
  readonly do: string;
  readonly options: Shape;
  readonly perform: (node: NodeId, options: Options<Shape>, world: OperationWorld) => void;
}): OperationDefinition {
  type Given = {node: Target};
  return define({
    do: definition.do,
    options: {node: target().describe('which: a name, or a group'), ...definition.options},
    targetOf: given => `node/${nodeText((given as Given).node)}`,
    perform(world, given) {
      for (const node of world.nodesOf((given as Given).node)) {
        definition.perform(node, given as Options<Shape>, world);
      }
    },
  });
}

/** Any other operation. */
export function define<Shape extends z.ZodRawShape>(definition: {
  readonly do: string;
  readonly options: Shape;
  readonly targetOf: (options: Options<Shape>) => string;
  readonly perform: (world: OperationWorld, options: Options<Shape>) => void;
  readonly end?: (world: OperationWorld, options: Options<Shape>) => void;
}): OperationDefinition {
  const {end} = definition;
  const common = {do: z.literal(definition.do), at: duration().describe('when')};
  return {
    do: definition.do,
    options: z.strictObject({...common, ...definition.options}),
    targetOf: options => definition.targetOf(options as Options<Shape>),
    perform: (world, options) => definition.perform(world, options as Options<Shape>),
    ...(end !== undefined && {
      end: (world: OperationWorld, options: unknown) => end(world, options as Options<Shape>),
    }),
  };
}

/** As `zone a`, `2 of pool n`, `50 % of all`. */
function nodeText(target: Target): string {
  if (target.type === 'one') return target.name;
  const {names, selector, zone, rack, pool, amount} = target;
  if (names !== undefined) return names.join(', ');
  const parts = [zone && `zone ${zone}`, rack && `rack ${rack}`, pool && `pool ${pool}`];
  if (selector !== undefined) parts.push('selected');
  const whole = parts.filter(part => part !== undefined).join(', ') || 'all';
  if (amount === undefined) return whole;
  return `${'count' in amount ? amount.count : `${amount.percent} %`} of ${whole}`;
}
