// Opens a way from outside to a Service of type LoadBalancer that nobody gives an address, as
// `minikube tunnel` does: its cluster IP becomes its address, until the tunnel is closed.

import * as z from 'zod';
import type {ServiceObject} from '../objects/service-object.ts';
import {dnsName} from '../options/dns-name.ts';
import {duration} from '../options/duration.ts';
import {define, type OperationWorld} from './define-operation.ts';

type Given = {readonly service: string; readonly namespace: string};

export const tunnel = define({
  do: 'tunnel',
  options: {
    service: dnsName().describe('which Service: one of type LoadBalancer'),
    namespace: z.string().default('default').describe('namespace of the Service'),
    ends: duration({from: 1}).optional().describe('when it is closed; never unless written'),
  },
  targetOf: given => `service/${given.service} in ${given.namespace}`,
  perform(world, given) {
    const object = serviceOf(given, world);
    if (object?.clusterIP === undefined || object.loadBalancer.length > 0) return;
    assign(given, world, [object.clusterIP]);
  },
  end(world, given) {
    const object = serviceOf(given, world);
    const own = object?.loadBalancer.length === 1 && object.loadBalancer[0] === object.clusterIP;
    if (own) assign(given, world, []);
  },
});

function serviceOf({service, namespace}: Given, {store}: OperationWorld) {
  const id = store.services.id(`${namespace}/${service}`);
  const object = id === undefined ? undefined : store.services.get(id);
  return object?.type === 'LoadBalancer' ? object : undefined;
}

function assign(
  {service, namespace}: Given,
  {api}: OperationWorld,
  addresses: ServiceObject['loadBalancer'],
): void {
  api.writeObject({verb: 'assign-load-balancer', name: `${namespace}/${service}`, addresses});
}
