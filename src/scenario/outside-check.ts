// Whether callers from outside can ever come in to a Service: by its load balancer, once somebody
// gives that an address, by node ports or by addresses that are led to nodes.

import {type Via, wayOf} from '../network/load-balancer/door-wish.ts';
import type {NewService} from '../objects/service-object.ts';
import {show} from '../options/show.ts';
import type {Scenario} from './schema.ts';

type Sections = Pick<Partial<Scenario>, 'cluster' | 'timeline'>;

/** `undefined` where there is a way. */
export function noWayIn(
  service: NewService,
  via: Via | undefined,
  sections: Sections,
): string | undefined {
  const {type, name, ports, externalIPs} = service;
  const what = `Service ${show(name)}`;
  const wish = {service: name, port: undefined, via};
  switch (wayOf(wish, service)) {
    case 'load-balancer':
      if (type !== 'LoadBalancer') return `${what} has no load balancer: its type is ${type}`;
      if (isGivenAddress(service, sections)) return undefined;
      return `nobody gives ${what} an address: ${cloudOrTunnel}`;
    case 'node-port': {
      const isOpen = type === 'NodePort' || (type === 'LoadBalancer' && service.allocateNodePorts);
      if (isOpen || ports.some(({nodePort}) => nodePort !== undefined)) return undefined;
      return `${what} has no node ports: its type is ${type}`;
    }
    case 'external-ip':
      return externalIPs.length > 0 ? undefined : `${what} has no external IPs`;
    default:
      return `nobody outside reaches ${what}: its type is ${type}, and it has no external IPs`;
  }
}

const cloudOrTunnel = 'expected cluster.network.loadBalancers or a tunnel in the timeline';

// A cloud leaves Services of another class to somebody else.
function isGivenAddress(
  {namespace, name, loadBalancerClass}: NewService,
  {cluster, timeline = []}: Sections,
): boolean {
  if (cluster?.network.loadBalancers !== undefined && loadBalancerClass === undefined) return true;
  return timeline.some(entry => {
    const given = entry.options as {service?: string; namespace?: string};
    return entry.do === 'tunnel' && given.service === name && given.namespace === namespace;
  });
}
