// The ports of a Service, as validateServicePort checks them.

import {nodePorts} from '../objects/allocation-bands.ts';
import type {Protocol, ServicePort, ServiceType} from '../objects/service-object.ts';
import {show} from '../options/show.ts';
import {checkOneOf, checkServiceName, readPort} from './container.ts';
import type {Field} from './field.ts';
import {checkName} from './names.ts';

const protocols: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

export function readServicePorts(
  list: Field,
  {type, headless}: {readonly type: ServiceType; readonly headless: boolean},
): ServicePort[] {
  const items = list.items();
  if (items.length === 0 && type !== 'ExternalName' && !headless) {
    list.error(`expected at least one port, got ${show(list.value)}`);
  }
  const ports = items.map(item => readServicePort(item, items.length > 1));
  const seen = {name: new Set(), port: new Set(), nodePort: new Set()};
  for (const [i, {name, protocol, port, nodePort}] of ports.entries()) {
    const item = items[i];
    checkUnlike(seen.name, name || undefined, item.get('name'), `name ${show(name)}`);
    const pair = port === 0 ? undefined : `${protocol} ${port}`;
    checkUnlike(seen.port, pair, item.get('port'), `port ${port} (${protocol})`);
    checkReach(item, type);
    const own = nodePort && `${protocol} ${nodePort}`;
    checkUnlike(seen.nodePort, own, item.get('nodePort'), `node port ${nodePort} (${protocol})`);
  }
  return ports;
}

function checkUnlike(seen: Set<unknown>, key: unknown, field: Field, what: string): void {
  if (key === undefined) return;
  if (seen.has(key)) field.error(`duplicate ${what}`);
  seen.add(key);
}

function checkReach(item: Field, type: ServiceType): void {
  const nodePort = item.get('nodePort');
  if (nodePort.integer() && type !== 'NodePort' && type !== 'LoadBalancer') {
    nodePort.error(`a Service of type ${type} has no node ports, got ${show(nodePort.value)}`);
  }
  if (type === 'LoadBalancer' && item.get('port').integer() === 10_250) {
    item.get('port').error('port 10250 is the kubelet’s and is not exposed by a LoadBalancer');
  }
}

function readServicePort(item: Field, named: boolean): ServicePort {
  const name = item.get('name');
  if (name.text()) checkName(name, 'label');
  else if (named) name.error('each of several ports needs a name, got nothing');
  const protocol = item.get('protocol');
  checkOneOf(protocol, protocols);
  const port = readPort(item.get('port'));
  return {
    name: name.text() ?? '',
    protocol: readProtocol(protocol),
    port,
    targetPort: readTargetPort(item.get('targetPort')) ?? port,
    nodePort: readNodePort(item.get('nodePort')),
  };
}

export function readProtocol(field: Field): Protocol {
  return protocols.find(protocol => protocol === field.text()) ?? 'TCP';
}

/** A number, or the name of a container's port. */
function readTargetPort(field: Field): number | string | undefined {
  if (!field.present || field.value === 0 || field.value === '') return undefined;
  const text = field.text();
  if (text === undefined) return readPort(field);
  checkServiceName(field);
  return text;
}

/** 0 is none. */
export function readNodePort(field: Field): number | undefined {
  const port = field.integer();
  if (port === undefined || port === 0) return undefined;
  const {first, last} = nodePorts;
  if (port < first || port > last) {
    field.error(`expected a node port from ${first} to ${last}, got ${port}`);
  }
  return port;
}
