// Deletes an object and, of a workload unless told otherwise, its pods, as `kubectl delete`.

import * as z from 'zod';
import {unreachable} from '../engine/unreachable.ts';
import type {PodId} from '../objects/ids.ts';
import type {Store} from '../objects/store.ts';
import {choiceOf} from '../options/choice.ts';
import {duration} from '../options/duration.ts';
import {define, type OperationWorld} from './define-operation.ts';
import {fullName, isNamespaced, objectTarget} from './object-target.ts';

const options = {
  target: objectTarget().describe('which, as deployment/web or pod/web-0'),
  namespace: z.string().default('default').describe('namespace of the target'),
  cascade: choiceOf(['background', 'foreground', 'orphan'])
    .default('background')
    .describe('what becomes of what it owns'),
  grace: duration().optional().describe("of a pod, instead of the pod's own"),
  force: z.boolean().default(false).describe('remove the object of a pod at once'),
};

type Options = z.output<z.ZodObject<typeof options>>;

export const deleteObject = define({
  do: 'delete',
  options,
  targetOf: ({target, namespace}) =>
    `${target.word}/${target.name}${isNamespaced(target) ? ` in ${namespace}` : ''}`,
  perform(world, given) {
    const {api, store} = world;
    const {target, namespace, cascade} = given;
    const name = fullName(target, namespace);
    switch (target.as) {
      case 'workload': {
        const workload = store.workloads.id(name);
        if (workload === undefined) return;
        api.writeWorkload({verb: 'delete', workload, propagation: cascade ?? 'background'});
        return;
      }
      case 'node': {
        const node = store.nodes.id(name);
        if (node !== undefined) api.writeNode({verb: 'delete', node});
        return;
      }
      case 'pod':
        deletePod(world, given);
        return;
      case 'service':
      case 'endpoints':
      case 'endpoint-slice':
      case 'ingress':
      case 'ingress-class':
      case 'config':
      case 'budget':
      case 'quota':
      case 'limit-range':
      case 'namespace':
      case 'priority-class':
        api.writeObject({verb: 'delete', kind: target.as, name});
        return;
      default:
        unreachable(target.as);
    }
  },
});

function deletePod({api, store}: OperationWorld, {target, namespace, grace, force}: Options) {
  const pod = podCalled(store, namespace, target.name);
  if (pod === undefined) return;
  api.deletePod(pod, force ? {grace: 0} : {grace});
}

export function podCalled(store: Store, namespace: string, name: string): PodId | undefined {
  const {pods} = store;
  for (const pod of pods.all()) {
    if (pods.name(pod) === name && pods.namespace(pod) === namespace) return pod;
  }
  return undefined;
}
