// An Ingress or an IngressClass, checked as the API server does (pkg/apis/networking/validation).

import type {
  IngressBackend,
  IngressClass,
  IngressPath,
  IngressRule,
  IngressTls,
  NewIngress,
  PathType,
} from '../objects/ingress-object.ts';
import {notOneOf} from '../options/choice.ts';
import {show} from '../options/show.ts';
import {readPort} from './container.ts';
import type {Field} from './field.ts';
import {readIngressSettings} from './ingress-settings.ts';
import {type Metadata, readAnnotations} from './metadata.ts';
import {checkName} from './names.ts';
import {nameIngressAnnotations} from './network-annotations.ts';

const pathTypes: readonly PathType[] = ['Exact', 'Prefix', 'ImplementationSpecific'];

export function readIngress(object: Field, metadata: Metadata): NewIngress {
  const spec = object.get('spec');
  const rules = spec.get('rules').items();
  const backend = spec.get('defaultBackend');
  if (rules.length === 0 && !backend.present) {
    spec.error('expected rules or a defaultBackend, got neither');
  }
  nameIngressAnnotations(object);
  return {
    name: metadata.name,
    namespace: metadata.namespace ?? 'default',
    className: readClassName(object),
    rules: rules.map(readRule),
    defaultBackend: backend.present ? readBackend(backend) : undefined,
    tls: spec.get('tls').items().map(readTls),
    settings: readIngressSettings(object),
  };
}

// The annotation is the older way, and is still read by controllers.
function readClassName(object: Field): string | undefined {
  const field = object.get('spec').get('ingressClassName');
  const annotations = readAnnotations(object.get('metadata').get('annotations'));
  const old = annotations.get('kubernetes.io/ingress.class');
  if (!field.present) return old;
  checkName(field, 'subdomain');
  if (old !== undefined) {
    field.error(
      'expected ingressClassName or the annotation kubernetes.io/ingress.class, got both',
    );
  }
  return field.text();
}

function readRule(rule: Field): IngressRule {
  const host = rule.get('host');
  if (host.text()) checkHost(host);
  const paths = rule.get('http').get('paths');
  if (rule.get('http').present && paths.items().length === 0) {
    paths.error('expected at least one path, got none');
  }
  return {host: host.text() || undefined, paths: paths.items().map(readPath)};
}

function checkHost(host: Field): void {
  const text = host.text() ?? '';
  if (/^\d+(\.\d+){3}$/.test(text)) {
    host.error(`expected a DNS name, not an address, got ${show(text)}`);
    return;
  }
  const plain = text.startsWith('*.') ? text.slice(2) : text;
  const fits = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/.test(
    plain,
  );
  if (fits && text.length <= 253) return;
  host.error(`expected a host such as shop.example.com or *.example.com, got ${show(text)}`);
}

function readPath(item: Field): IngressPath {
  const type = item.get('pathType');
  const known = pathTypes.find(each => each === type.text());
  if (known === undefined) type.error(notOneOf(type.value, pathTypes));
  const path = item.get('path');
  const text = path.text() ?? '';
  if (known !== 'ImplementationSpecific' || text !== '') checkPath(path, known);
  return {path: text, type: known ?? 'Prefix', backend: readBackend(item.get('backend'))};
}

// As validateHTTPIngressPath.
function checkPath(path: Field, type: PathType | undefined): void {
  const text = path.text() ?? '';
  if (!text.startsWith('/')) path.error(`expected a path that begins with /, got ${show(text)}`);
  if (type === 'ImplementationSpecific') return;
  const wrong = ['//', '/./', '/../', '%2f', '%2F', '%5c', '%5C'].find(part => text.includes(part));
  const end = ['/..', '/.'].find(part => text.endsWith(part));
  const found = wrong ?? end;
  if (found !== undefined) path.error(`expected a path without ${found}, got ${show(text)}`);
}

function readBackend(backend: Field): IngressBackend | undefined {
  const service = backend.get('service');
  const resource = backend.get('resource');
  if (service.present === resource.present) {
    const got = service.present ? 'both' : 'neither';
    backend.error(`expected a service or a resource, got ${got}`);
    return undefined;
  }
  if (resource.present) {
    resource.warning('a backend that is no Service is not modelled yet and has no effect');
    return undefined;
  }
  const name = service.get('name');
  checkName(name, 'label');
  return {service: name.text() ?? '', port: readBackendPort(service.get('port'))};
}

function readBackendPort(port: Field): number | string {
  const [name, number] = [port.get('name'), port.get('number')];
  const named = Boolean(name.text());
  const numbered = Boolean(number.integer());
  if (named === numbered) {
    const got = named ? 'both' : 'neither';
    port.error(`expected the name or the number of a Service's port, got ${got}`);
    return name.text() ?? 0;
  }
  if (named) checkName(name, 'label');
  return named ? (name.text() ?? '') : readPort(number);
}

function readTls(item: Field): IngressTls {
  const hosts = item.get('hosts').items();
  for (const host of hosts) checkHost(host);
  const secret = item.get('secretName');
  if (secret.text()) checkName(secret, 'subdomain');
  return {hosts: item.get('hosts').texts(), secret: secret.text() || undefined};
}

export function readIngressClass(object: Field, {name}: Metadata): IngressClass {
  const controller = object.get('spec').get('controller');
  const text = controller.text() ?? '';
  if (text.length > 250 || !/^[a-z0-9.-]+\/\S+$/.test(text)) {
    controller.error(
      `expected a controller such as k8s.io/ingress-nginx, at most 250 characters, got ${show(text)}`,
    );
  }
  const annotations = readAnnotations(object.get('metadata').get('annotations'));
  const byDefault = annotations.get('ingressclass.kubernetes.io/is-default-class') === 'true';
  return {name, controller: text, byDefault};
}
