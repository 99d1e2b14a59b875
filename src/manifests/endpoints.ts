// Endpoints and EndpointSlices as people write them, for Services without a selector
// (ValidateEndpointSlice in pkg/apis/discovery/validation). Names of hosts in place of addresses
// have no effect.

import type {
  Endpoint,
  EndpointPort,
  EndpointsObject,
  NewEndpointSlice,
} from '../objects/endpoint-slice.ts';
import {notOneOf} from '../options/choice.ts';
import {show} from '../options/show.ts';
import {checkNotSpecial, readAddress} from './addresses.ts';
import {checkOneOf, readPort} from './container.ts';
import type {Field} from './field.ts';
import type {Metadata} from './metadata.ts';
import {checkName} from './names.ts';
import {readProtocol} from './service-ports.ts';

const written = {
  pod: undefined,
  zone: undefined,
  hostname: undefined,
  serving: true,
  terminating: false,
  forZones: [],
  forNodes: [],
} as const;

export function readEndpoints(object: Field, metadata: Metadata): EndpointsObject {
  const {name, namespace = 'default', labels} = metadata;
  const subsets = object
    .get('subsets')
    .items()
    .map(subset => ({
      ports: readPorts(subset.get('ports')),
      endpoints: [
        ...subset
          .get('addresses')
          .items()
          .flatMap(item => readLegacy(item, true)),
        ...subset
          .get('notReadyAddresses')
          .items()
          .flatMap(item => readLegacy(item, false)),
      ],
    }));
  const mirrored = labels.get('endpointslice.kubernetes.io/skip-mirror') !== 'true';
  return {name, namespace, subsets, mirrored};
}

function readLegacy(item: Field, ready: boolean): Endpoint[] {
  const ip = item.get('ip');
  if (!ip.text()) ip.error('expected an IP address, got nothing');
  const address = readAddress(ip);
  checkNotSpecial(ip, address);
  if (address === undefined) return [];
  const hostname = item.get('hostname').text();
  return [
    {...written, address, node: item.get('nodeName').text(), hostname, ready, serving: ready},
  ];
}

export function readEndpointSlice(object: Field, metadata: Metadata): NewEndpointSlice {
  const {name, namespace = 'default', labels} = metadata;
  const type = object.get('addressType');
  const types = ['IPv4', 'IPv6', 'FQDN'];
  if (!types.includes(type.text() ?? '')) type.error(notOneOf(type.value, types));
  const plain = type.text() === 'IPv4';
  if (!plain && types.includes(type.text() ?? '')) {
    type.warning(`endpoints of type ${type.text()} are not modelled yet and have no effect`);
  }
  const items = object.get('endpoints').items();
  if (items.length > 1000) {
    object.get('endpoints').error(`expected at most 1000 endpoints, got ${items.length}`);
  }
  return {
    ...{name, namespace},
    service: labels.get('kubernetes.io/service-name'),
    managedBy: labels.get('endpointslice.kubernetes.io/managed-by'),
    headless: labels.has('service.kubernetes.io/headless'),
    ports: readPorts(object.get('ports')),
    endpoints: plain ? items.flatMap(readEndpoint) : [],
  };
}

function readEndpoint(item: Field): Endpoint[] {
  const addresses = item.get('addresses').items();
  if (addresses.length < 1 || addresses.length > 100) {
    item.get('addresses').error(`expected 1 to 100 addresses, got ${addresses.length}`);
  }
  // As its users do: only the first counts.
  const address = addresses[0] && readAddress(addresses[0]);
  if (addresses[0] !== undefined) checkNotSpecial(addresses[0], address);
  if (address === undefined) return [];
  const conditions = item.get('conditions');
  const ready = conditions.get('ready').value !== false;
  const serving = conditions.get('serving');
  const hints = item.get('hints');
  const named = (list: string) =>
    hints
      .get(list)
      .items()
      .flatMap(hint => hint.get('name').text() ?? []);
  return [
    {
      ...written,
      address,
      node: item.get('nodeName').text(),
      zone: item.get('zone').text(),
      hostname: item.get('hostname').text(),
      ready,
      serving: serving.present ? serving.flag() : ready,
      terminating: conditions.get('terminating').flag(),
      forZones: named('forZones'),
      forNodes: named('forNodes'),
    },
  ];
}

function readPorts(list: Field): EndpointPort[] {
  const names = new Set<string>();
  return list.items().map(item => {
    const name = item.get('name');
    const text = name.text() ?? '';
    if (text !== '') checkName(name, 'label');
    if (names.has(text)) name.error(`duplicate port name ${show(text)}`);
    names.add(text);
    checkOneOf(item.get('protocol'), ['TCP', 'UDP', 'SCTP']);
    const port = readPort(item.get('port'));
    return {name: text, protocol: readProtocol(item.get('protocol')), port};
  });
}
