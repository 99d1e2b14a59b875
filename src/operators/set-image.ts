// Another image for containers of a workload, as `kubectl set image`; a rollout follows.

import * as z from 'zod';
import type {Container} from '../objects/pod-spec.ts';
import {onWorkload} from './define-operation.ts';

export const setImage = onWorkload({
  do: 'set-image',
  kinds: ['Deployment', 'ReplicaSet', 'ReplicationController', 'DaemonSet'],
  options: {
    image: z.string().min(1).describe('the new one'),
    container: z.string().optional().describe('its name; all containers unless written'),
  },
  perform({id, object}, {image, container}, {api}) {
    if (object.kind === 'uncontrolled' || object.kind === 'CronJob') return;
    const {template} = object.spec;
    const renewed = (each: Container): Container =>
      container === undefined || each.name === container ? {...each, image} : each;
    const spec = {...template.spec, containers: template.spec.containers.map(renewed)};
    api.writeWorkload({
      verb: 'update',
      workload: id,
      version: undefined,
      spec: {template: {...template, spec}},
    });
  },
});
