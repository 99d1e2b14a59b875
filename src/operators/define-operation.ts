// What an operation of the timeline is: its options, and what it asks of the API when its time has
// come. An operation that finds nothing to act on does nothing, as kubectl then only says NotFound.

import {z} from 'zod';
import type {Time} from '../engine/time.ts';
import type {ApiClient} from '../objects/api-client.ts';
import type {WorkloadId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import type {WorkloadObject} from '../objects/workload-object.ts';
import {duration} from '../options/duration.ts';
import {targetName, type WorkloadTarget, workloadTarget} from './workload-target.ts';

export type OperationWorld = {
  /** To look at, as with a GET; what is to change goes through `api`. */
  readonly store: Store;
  readonly api: ApiClient;
  readonly now: Time;
};

export type OperationDefinition = {
  readonly do: string;
  readonly options: z.ZodObject;
  /** `options` as the schema gives them. */
  perform(world: OperationWorld, options: unknown): void;
};

export type Found = {readonly id: WorkloadId; readonly object: WorkloadObject};

/** An operation on one workload. */
export function defineOperation<Shape extends z.ZodRawShape>(definition: {
  readonly do: string;
  readonly kinds: readonly WorkloadTarget['kind'][];
  readonly options: Shape;
  readonly perform: (
    found: Found,
    options: z.output<z.ZodObject<Shape>>,
    world: OperationWorld,
  ) => void;
}): OperationDefinition {
  const common = {
    do: z.literal(definition.do),
    at: duration().describe('when'),
    target: workloadTarget(definition.kinds).describe('which, as deployment/web'),
    namespace: z.string().default('default').describe('namespace of the target'),
  };
  return {
    do: definition.do,
    options: z.strictObject({...common, ...definition.options}),
    perform(world, given) {
      const {target, namespace} = given as {target: WorkloadTarget; namespace: string};
      const id = world.store.workloads.id(targetName(target, namespace));
      const object = id === undefined ? undefined : world.store.workloads.get(id);
      if (id === undefined || object === undefined) return;
      definition.perform({id, object}, given as z.output<z.ZodObject<Shape>>, world);
    },
  };
}
