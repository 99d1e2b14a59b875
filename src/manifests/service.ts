// A Service, as far as scheduling asks about it: which pods it selects.

import {show} from '../options/show.ts';
import {checkOneOf, readPort} from './container.ts';
import type {Field} from './field.ts';
import type {RawObject, ServiceObject} from './manifest.ts';
import type {Metadata} from './metadata.ts';
import {readPairs} from './selectors.ts';

export function readService(object: Field, metadata: Metadata): ServiceObject {
  const spec = object.get('spec');
  const type = spec.get('type');
  checkOneOf(type, ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName']);
  const ports = spec.get('ports');
  for (const port of ports.items()) {
    readPort(port.get('port'));
    checkOneOf(port.get('protocol'), ['TCP', 'UDP', 'SCTP']);
  }
  const headless = spec.get('clusterIP').text() === 'None';
  if (ports.items().length === 0 && type.text() !== 'ExternalName' && !headless) {
    ports.error(`expected at least one port, got ${show(ports.value)}`);
  }
  const selector = spec.get('selector');
  return {
    name: metadata.name,
    namespace: metadata.namespace ?? 'default',
    labels: metadata.labels,
    // An empty selector is the same as none: endpoints are then made by hand.
    selector: selector.entries().length === 0 ? undefined : readPairs(selector),
    object: object.value as RawObject,
  };
}
