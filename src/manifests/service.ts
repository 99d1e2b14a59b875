// A Service, checked as the API server does (ValidateService in pkg/apis/core/validation).

import {second} from '../engine/time.ts';
import type {NewService, ServiceType, TrafficDistribution} from '../objects/service-object.ts';
import {notOneOf} from '../options/choice.ts';
import {show} from '../options/show.ts';
import {checkNotSpecial, readAddress, readAddressRange} from './addresses.ts';
import {checkOneOf} from './container.ts';
import type {Field} from './field.ts';
import {type Metadata, readAnnotations, readLabels} from './metadata.ts';
import {checkName} from './names.ts';
import {nameServiceAnnotations} from './network-annotations.ts';
import {readNodePort, readServicePorts} from './service-ports.ts';

const types: readonly ServiceType[] = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'];

export function readService(object: Field, metadata: Metadata): NewService {
  const spec = object.get('spec');
  const type = typeOf(spec.get('type'));
  const headless = spec.get('clusterIP').text() === 'None';
  nameServiceAnnotations(object);
  return {
    name: metadata.name,
    namespace: metadata.namespace ?? 'default',
    labels: metadata.labels,
    selector: readSelector(spec.get('selector')),
    type,
    headless,
    clusterIP: readClusterIP(spec, type),
    ports: readServicePorts(spec.get('ports'), {type, headless}),
    sessionAffinity: readAffinity(spec),
    ...readPolicies(spec, type),
    trafficDistribution: readDistribution(spec.get('trafficDistribution')),
    topologyAuto: isAuto(object),
    publishNotReadyAddresses: spec.get('publishNotReadyAddresses').flag(),
    externalName: readExternalName(spec.get('externalName'), type),
    externalIPs: spec
      .get('externalIPs')
      .items()
      .flatMap(field => readExternalIP(field)),
    ...readLoadBalancer(spec, type),
  };
}

function typeOf(field: Field): ServiceType {
  checkOneOf(field, types);
  return types.find(type => type === field.text()) ?? 'ClusterIP';
}

/** An empty selector is the same as none: endpoints are then made by hand. */
function readSelector(selector: Field): NewService['selector'] {
  return selector.entries().length === 0 ? undefined : readLabels(selector);
}

function readClusterIP(spec: Field, type: ServiceType): NewService['clusterIP'] {
  const field = spec.get('clusterIP');
  const text = field.text() ?? '';
  const [first] = spec.get('clusterIPs').items();
  if (first !== undefined && first.text() !== text) {
    first.error(`expected ${show(text)}, the clusterIP, got ${show(first.value)}`);
  }
  if (text !== '' && type === 'ExternalName') {
    field.error(`a Service of type ExternalName has no cluster IP, got ${show(text)}`);
  }
  if (text !== 'None') return readAddress(field);
  if (type === 'NodePort' || type === 'LoadBalancer') {
    field.error(`a Service of type ${type} cannot do without a cluster IP`);
  }
  return undefined;
}

function readAffinity(spec: Field): NewService['sessionAffinity'] {
  const affinity = spec.get('sessionAffinity');
  checkOneOf(affinity, ['None', 'ClientIP']);
  const configuration = spec.get('sessionAffinityConfig');
  if (affinity.text() !== 'ClientIP') {
    if (configuration.present) {
      configuration.error('only a Service with sessionAffinity: ClientIP may say how long');
    }
    return undefined;
  }
  const timeout = configuration.get('clientIP').get('timeoutSeconds');
  const seconds = timeout.integer() ?? 10_800;
  if (seconds < 1 || seconds > 86_400) {
    timeout.error(`expected 1 to 86400 seconds, got ${seconds}`);
  }
  return seconds * second;
}

function readPolicies(spec: Field, type: ServiceType) {
  const internal = spec.get('internalTrafficPolicy');
  const external = spec.get('externalTrafficPolicy');
  for (const policy of [internal, external]) checkOneOf(policy, ['Cluster', 'Local']);
  const reachable = type === 'NodePort' || type === 'LoadBalancer';
  if (external.text() && !reachable && spec.get('externalIPs').items().length === 0) {
    external.error('only a Service that can be reached from outside has an externalTrafficPolicy');
  }
  return {
    internalTrafficPolicy: policyOf(internal),
    externalTrafficPolicy: policyOf(external),
  };
}

function policyOf(field: Field): 'Cluster' | 'Local' {
  return field.text() === 'Local' ? 'Local' : 'Cluster';
}

function readDistribution(field: Field): TrafficDistribution | undefined {
  const text = field.text();
  if (text === undefined) return undefined;
  if (text === 'PreferSameNode') return text;
  if (text === 'PreferSameZone' || text === 'PreferClose') return 'PreferSameZone';
  field.error(notOneOf(text, ['PreferSameZone', 'PreferSameNode', 'PreferClose']));
  return undefined;
}

/** The annotation had another name before 1.27. */
function isAuto(object: Field): boolean {
  const annotations = readAnnotations(object.get('metadata').get('annotations'));
  const mode =
    annotations.get('service.kubernetes.io/topology-mode') ??
    annotations.get('service.kubernetes.io/topology-aware-hints');
  return mode === 'Auto' || mode === 'auto';
}

function readExternalName(field: Field, type: ServiceType): string | undefined {
  if (type !== 'ExternalName') return undefined;
  const name = field.text()?.replace(/\.$/, '');
  if (!name) field.error('a Service of type ExternalName needs a name, got nothing');
  else if (field.text() === name) checkName(field, 'subdomain');
  return name;
}

function readExternalIP(field: Field): number[] {
  const address = readAddress(field);
  checkNotSpecial(field, address);
  return address === undefined ? [] : [address];
}

function readLoadBalancer(spec: Field, type: ServiceType) {
  const only = (name: string) => {
    const field = spec.get(name);
    const written = field.present && field.value !== '';
    if (written && type !== 'LoadBalancer') {
      field.error(`only a Service of type LoadBalancer has ${name}`);
    }
    return field;
  };
  const allocates = only('allocateLoadBalancerNodePorts');
  const local = type === 'LoadBalancer' && spec.get('externalTrafficPolicy').text() === 'Local';
  const health = spec.get('healthCheckNodePort');
  if (health.integer() && !local) {
    health.error('only a LoadBalancer with externalTrafficPolicy: Local has a healthCheckNodePort');
  }
  return {
    allocateNodePorts: allocates.value !== false,
    healthCheckNodePort: local ? readNodePort(health) : undefined,
    loadBalancerClass: only('loadBalancerClass').text(),
    loadBalancerIP: type === 'LoadBalancer' ? readAddress(spec.get('loadBalancerIP')) : undefined,
    loadBalancerSourceRanges: only('loadBalancerSourceRanges')
      .items()
      .flatMap(field => readAddressRange(field) ?? []),
  };
}
