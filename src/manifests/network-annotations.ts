// Annotations by which Services and Ingresses ask something of a cloud, of a load balancer or of an
// ingress controller. Those that have no effect here are named; all others (of Prometheus, of
// kubectl, of teams) change nothing that is simulated.

import type {Field} from './field.ts';
import {settingNames} from './ingress-settings.ts';

const serviceDomains = [
  'service.kubernetes.io',
  'service.beta.kubernetes.io',
  'service.alpha.kubernetes.io',
  'alb.ingress.kubernetes.io',
  'cloud.google.com',
  'networking.gke.io',
  'load-balancer.hetzner.cloud',
  'loadbalancer.openstack.org',
  'oci.oraclecloud.com',
  'oci-network-load-balancer.oraclecloud.com',
  'metallb.io',
  'metallb.universe.tf',
  'kube-vip.io',
  'io.cilium',
  'lbipam.cilium.io',
  'service.cilium.io',
  'traefik.ingress.kubernetes.io',
  'konghq.com',
];

const ingressDomains = [
  'nginx.ingress.kubernetes.io',
  'ingress.kubernetes.io',
  'alb.ingress.kubernetes.io',
  'appgw.ingress.kubernetes.io',
  'traefik.ingress.kubernetes.io',
  'nginx.org',
  'nginx.com',
  'haproxy.org',
  'haproxy-ingress.github.io',
  'konghq.com',
  'projectcontour.io',
  'ingress.cilium.io',
  'networking.gke.io',
  'cloud.google.com',
];

const serviceModelled: ReadonlySet<string> = new Set([
  'service.kubernetes.io/topology-mode',
  'service.kubernetes.io/topology-aware-hints',
]);

const ingressModelled: ReadonlySet<string> = new Set([
  'kubernetes.io/ingress.class',
  ...settingNames,
]);

export function nameServiceAnnotations(object: Field): void {
  nameUnmodelled(object, serviceDomains, serviceModelled);
}

export function nameIngressAnnotations(object: Field): void {
  nameUnmodelled(object, ['kubernetes.io', ...ingressDomains], ingressModelled);
}

function nameUnmodelled(
  object: Field,
  domains: readonly string[],
  modelled: ReadonlySet<string>,
): void {
  for (const field of object.get('metadata').get('annotations').entries()) {
    const key = String(field.key);
    const domain = key.slice(0, Math.max(0, key.indexOf('/')));
    if (modelled.has(key) || !domains.includes(domain)) continue;
    field.keyWarning(`the annotation ${key} is not modelled yet and has no effect`);
  }
}
