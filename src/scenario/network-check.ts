// What the objects of a cluster's network say of one another: addresses that nobody else has,
// Services behind an Ingress, Secrets for its TLS.

import type {ManifestObject} from '../manifests/manifest.ts';
import type {IngressObject} from '../objects/ingress-object.ts';
import type {NewService} from '../objects/service-object.ts';
import {addressText, inRange, rangesOverlap, rangeText, sizeOf} from '../options/address.ts';
import {didYouMean} from '../options/nearest.ts';
import {show} from '../options/show.ts';
import type {Network} from './network-schema.ts';
import type {Notebook} from './notebook.ts';

type Parts = {
  /** At time zero. */
  readonly manifests: readonly ManifestObject[];
  /** At any time. */
  readonly objects: readonly ManifestObject[];
  readonly nodeCount: number;
};

export function checkNetwork(network: Network, parts: Parts, notebook: Notebook): void {
  checkRanges(network, parts, notebook);
  checkNumbers(network, parts, notebook);
  for (const object of parts.objects) {
    if (object.value.type === 'ingress') {
      checkIngress(object, object.value.ingress, parts.objects, notebook);
    }
  }
}

function checkRanges(
  {podCIDR, nodeCIDRMask, serviceCIDR}: Network,
  {nodeCount, objects}: Parts,
  notebook: Notebook,
): void {
  const path = ['cluster', 'network'];
  if (rangesOverlap(podCIDR, serviceCIDR)) {
    const ranges = `${rangeText(podCIDR)} and ${rangeText(serviceCIDR)}`;
    notebook.error(path, `the ranges of pods and Services overlap: ${ranges}`);
  }
  if (nodeCIDRMask < podCIDR.prefix) {
    const message = `expected at least ${podCIDR.prefix}, as podCIDR has, got ${nodeCIDRMask}`;
    notebook.error([...path, 'nodeCIDRMask'], message);
    return;
  }
  const ranges = 2 ** (nodeCIDRMask - podCIDR.prefix);
  // Without a Service nobody asks for an address.
  const asked = objects.some(({value}) => value.type === 'service');
  if (nodeCount <= ranges || !asked) return;
  const room = `${rangeText(podCIDR)} has room for ${ranges} nodes, and there are ${nodeCount}`;
  notebook.warn(path, `${room}; pods on the others have no address`);
}

/** At time zero everything is there at once; what comes later may be refused. */
function checkNumbers({serviceCIDR}: Network, {manifests}: Parts, notebook: Notebook): void {
  const holders = new Map<string, ManifestObject>();
  let count = 0;
  for (const object of manifests) {
    if (object.value.type !== 'service') continue;
    const {service} = object.value;
    if (!service.headless && service.type !== 'ExternalName') count++;
    const {clusterIP} = service;
    if (clusterIP !== undefined && !inRange(serviceCIDR, clusterIP)) {
      const message = `expected a cluster IP of ${rangeText(serviceCIDR)}, got ${addressText(clusterIP)}`;
      notebook.complain(object, message, 'error');
    }
    for (const number of numbersOf(service)) {
      const holder = holders.get(number);
      if (holder === undefined) holders.set(number, object);
      else
        notebook.complain(object, `${number} is Service ${show(holder.name)}'s already`, 'error');
    }
  }
  const room = sizeOf(serviceCIDR) - 3;
  if (count <= room) return;
  const range = rangeText(serviceCIDR);
  notebook.error(
    ['cluster', 'network'],
    `${range} has room for ${room} Services, and there are ${count}`,
  );
}

function numbersOf({clusterIP, ports, healthCheckNodePort}: NewService): Set<string> {
  const node = [...ports.map(({nodePort}) => nodePort), healthCheckNodePort];
  return new Set([
    ...(clusterIP === undefined ? [] : [`cluster IP ${addressText(clusterIP)}`]),
    ...node.flatMap(port => (port === undefined ? [] : [`node port ${port}`])),
  ]);
}

function checkIngress(
  object: ManifestObject,
  ingress: Omit<IngressObject, 'loadBalancer'>,
  objects: readonly ManifestObject[],
  notebook: Notebook,
): void {
  const {rules, defaultBackend, tls, namespace} = ingress;
  const complain = (message: string) => notebook.complain(object, message, 'warning');
  const backends = [defaultBackend, ...rules.flatMap(({paths}) => paths.map(each => each.backend))];
  const told = new Set<string>();
  for (const backend of backends) {
    const wrong = backend && wrongBackend(backend, namespace, objects);
    if (wrong !== undefined && !told.has(wrong)) complain(wrong);
    if (wrong !== undefined) told.add(wrong);
  }
  for (const {secret} of tls) {
    const wrong = secret === undefined ? undefined : wrongSecret(secret, namespace, objects);
    if (wrong !== undefined) complain(wrong);
  }
}

function wrongBackend(
  {service, port}: {readonly service: string; readonly port: number | string},
  namespace: string,
  objects: readonly ManifestObject[],
): string | undefined {
  const there = objects.flatMap(({value}) =>
    value.type === 'service' && value.service.namespace === namespace ? [value.service] : [],
  );
  const found = there.find(({name}) => name === service);
  if (found === undefined) {
    const hint = didYouMean(service, new Set(there.map(({name}) => name)));
    return `no Service ${show(service)} in namespace ${namespace}${hint}`;
  }
  const fits = found.ports.some(each => each.port === port || each.name === port);
  return fits ? undefined : `Service ${show(service)} has no port ${show(port)}`;
}

// The API server does not look; a controller then has only a certificate of its own.
function wrongSecret(
  secret: string,
  namespace: string,
  objects: readonly ManifestObject[],
): string | undefined {
  const there = objects.flatMap(({value}) =>
    value.type === 'config' && value.config.kind === 'Secret' ? [value.config] : [],
  );
  const own = there.filter(each => each.namespace === namespace);
  const found = own.find(({name}) => name === secret);
  if (found === undefined) {
    const hint = didYouMean(secret, new Set(own.map(({name}) => name)));
    return `no Secret ${show(secret)} for TLS in namespace ${namespace}${hint}`;
  }
  const missing = ['tls.crt', 'tls.key'].filter(key => !found.keys.has(key));
  if (missing.length > 0) {
    return `Secret ${show(secret)} is for TLS and has no ${missing.join(' and ')}`;
  }
  if (found.type === 'kubernetes.io/tls') return undefined;
  return `Secret ${show(secret)} is for TLS: expected type kubernetes.io/tls, got ${found.type}`;
}
