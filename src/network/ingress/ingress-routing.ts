// Which backend an ingress controller sends a request to, by its host and path
// (kubernetes-network.md, §7.1; staging/src/k8s.io/api/networking/v1/types.go):
//
//   exact host, else wildcard, else rules without a host
//   ─▶ longest path; of equals Exact before Prefix, then the oldest ─▶ else a default backend

import type {IngressBackend, IngressObject, IngressPath} from '../../objects/ingress-object.ts';
import type {HttpAddress} from './http-address.ts';

export type IngressRoute = {
  readonly namespace: string;
  /** `undefined`: something that is no Service. */
  readonly backend: IngressBackend | undefined;
};

type Candidate = {readonly ingress: IngressObject; readonly path: IngressPath};

/** `undefined`: nobody is meant. `ingresses`: the oldest first. */
export function ingressRoute(
  ingresses: readonly IngressObject[],
  {host, path}: Pick<HttpAddress, 'host' | 'path'>,
): IngressRoute | undefined {
  const server = serverFor(ingresses, host);
  let best: Candidate | undefined;
  const withHost: IngressObject[] = [];
  for (const ingress of ingresses) {
    for (const rule of ingress.rules) {
      if (rule.host?.toLowerCase() !== server) continue;
      withHost.push(ingress);
      for (const each of rule.paths) {
        if (!pathMatches(each, path)) continue;
        if (best === undefined || isCloser(each, best.path)) best = {ingress, path: each};
      }
    }
  }
  if (best !== undefined) {
    return {namespace: best.ingress.namespace, backend: best.path.backend};
  }
  const fallback = [...withHost, ...ingresses].find(each => each.defaultBackend !== undefined);
  return fallback && {namespace: fallback.namespace, backend: fallback.defaultBackend};
}

/** The Ingress by whose `tls` a host is served, and the Secret of its certificate. */
export function ingressTls(
  ingresses: readonly IngressObject[],
  host: string,
): {readonly namespace: string; readonly secret: string | undefined} | undefined {
  for (const {namespace, tls, rules} of ingresses) {
    for (const {hosts, secret} of tls) {
      const named = hosts.length > 0 ? hosts : rules.flatMap(rule => rule.host ?? []);
      if (named.some(each => hostMatches(each, host))) return {namespace, secret};
    }
  }
  return undefined;
}

/** A rule's host: of those that there are, the one that says most about this one. */
function serverFor(ingresses: readonly IngressObject[], host: string): string | undefined {
  const hosts = ingresses.flatMap(({rules}) => rules.map(rule => rule.host?.toLowerCase()));
  if (hosts.includes(host)) return host;
  return hosts.find(each => each !== undefined && hostMatches(each, host));
}

/** A wildcard stands for exactly one label, the left-most. */
export function hostMatches(pattern: string, host: string): boolean {
  const wanted = pattern.toLowerCase();
  if (!wanted.startsWith('*.')) return wanted === host;
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot) === wanted.slice(1);
}

/** What is up to the class is a prefix, as with ingress-nginx. */
export function pathMatches({path: pattern, type}: IngressPath, path: string): boolean {
  if (type === 'Exact') return path === pattern;
  const [wanted, given] = [elements(pattern), elements(path)];
  return wanted.every((element, i) => element === given[i]);
}

/** A trailing slash says nothing. */
function elements(path: string): string[] {
  const all = path.split('/').slice(1);
  while (all.at(-1) === '') all.pop();
  return all;
}

function isCloser(one: IngressPath, other: IngressPath): boolean {
  if (one.path.length !== other.path.length) return one.path.length > other.path.length;
  return one.type === 'Exact' && other.type !== 'Exact';
}
