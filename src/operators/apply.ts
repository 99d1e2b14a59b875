// Applies a manifest file, as `kubectl apply`: what is new is created, what is there becomes as the
// file says, what is not in the file stays. Of an object that is there the whole spec is replaced,
// but for the number of replicas where the file does not say one: somebody else may have set it.
//
// The file is read with the scenario, so that its mistakes are told before the run.

import * as z from 'zod';
import type {AppliedObject} from '../objects/applied-object.ts';
import {sameTemplate, valueText} from '../objects/template-text.ts';
import type {WorkloadObject} from '../objects/workload-object.ts';
import type {NewWorkload} from '../objects/workload-request.ts';
import {define, type OperationWorld} from './define-operation.ts';
import {podCalled} from './delete.ts';

export const apply = define({
  do: 'apply',
  options: {file: z.string().min(1).describe('of Kubernetes objects, may be gzipped')},
  targetOf: ({file}) => file,
  perform(world, given) {
    const {objects = []} = given as {objects?: readonly AppliedObject[]};
    for (const object of objects) applyOne(object, world);
  },
});

function applyOne(applied: AppliedObject, {api, store}: OperationWorld): void {
  switch (applied.type) {
    case 'object':
      api.writeObject({verb: 'apply', object: applied.object});
      return;
    case 'pod':
      // Little of a pod that is there can be changed; nothing of it that is simulated.
      if (podCalled(store, applied.namespace, applied.name) !== undefined) return;
      api.createPod({...applied, lifetime: undefined, ordinal: 0});
      return;
    default:
      applyWorkload(applied, {api, store});
  }
}

type AppliedWorkload = Extract<AppliedObject, {type: 'workload'}>;

function applyWorkload(
  {wish, owner, saysReplicas}: AppliedWorkload,
  {api, store}: Pick<OperationWorld, 'api' | 'store'>,
): void {
  const kind = wish.kind === 'uncontrolled' ? wish.as : wish.kind;
  const workload = store.workloads.id(`${kind}/${wish.namespace}/${wish.name}`);
  const live = workload === undefined ? undefined : store.workloads.get(workload);
  if (workload === undefined || live === undefined) {
    const id = owner && store.workloads.id(`${owner.kind}/${wish.namespace}/${owner.name}`);
    const known = owner && id !== undefined ? {...owner, id} : undefined;
    api.writeWorkload({verb: 'create', object: {...wish, owner: known}});
    return;
  }
  const spec = changedSpec(wish, live, saysReplicas);
  if (spec === undefined) return;
  const {labels, annotations} = wish;
  api.writeWorkload({verb: 'update', workload, version: undefined, spec, labels, annotations});
}

type Spec = Readonly<Record<string, unknown>>;

/** `undefined` where nothing changes. The template's owner is the live one's, if it is equal. */
function changedSpec(wish: NewWorkload, live: WorkloadObject, saysReplicas: boolean) {
  const before: Spec = live.spec;
  const after: Record<string, unknown> = {...wish.spec};
  if (!saysReplicas && 'replicas' in before) after.replicas = before.replicas;
  if ('template' in live.spec && 'template' in wish.spec) {
    if (sameTemplate(live.spec.template, wish.spec.template)) after.template = live.spec.template;
  }
  const changed = Object.keys(after).some(key => valueText(before[key]) !== valueText(after[key]));
  return changed ? after : undefined;
}
