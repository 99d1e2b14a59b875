// A sudden fault in the containers of pods that run at that moment.

import * as z from 'zod';
import type {ContainerPhysics} from '../machines/container-physics.ts';
import type {PodId} from '../objects/ids.ts';
import {podsMeant} from '../objects/pod-targets.ts';
import {type PodTarget, podTarget} from '../options/pod-target.ts';
import {defineSuddenFault, type FaultDefinition} from './define-fault.ts';
import {at} from './known-targets.ts';

type Who = {
  readonly pod: PodTarget;
  readonly namespace: string;
  readonly container?: string | undefined;
};

export function definePodFault<Shape extends z.ZodRawShape>(definition: {
  readonly kind: string;
  readonly options: Shape;
  readonly take: (
    pod: PodId,
    options: z.output<z.ZodObject<Shape>>,
    containers: ContainerPhysics,
  ) => void;
}): FaultDefinition {
  const {kind, options, take} = definition;
  return defineSuddenFault({
    kind,
    detailed: true,
    options: {
      pod: podTarget().describe('which: a pod, the pods of a workload, or a group'),
      namespace: z.string().default('default').describe('namespace of the pods'),
      ...options,
    },
    mistakes: (given, known) => {
      const {pod, namespace, container} = given as unknown as Who;
      const message = known.container(pod, namespace, container);
      const wrong = message === undefined ? [] : [{path: ['container'], message}];
      return [...at('pod', known.pods(pod, namespace)), ...wrong];
    },
    action: {
      things(given, {store}, random) {
        const {pod: wanted, namespace} = given as unknown as Who;
        return podsMeant({target: wanted, namespace}, store, random);
      },
      nameOf: (pod: PodId, {store}) => `pod/${store.pods.namespace(pod)}/${store.pods.name(pod)}`,
      partsOf: pod => [pod],
      take: (pod, given, {containers}) =>
        take(pod, given as z.output<z.ZodObject<Shape>>, containers),
    },
  });
}
