// Which backend an ingress controller sends a request to, by its host and path
// (kubernetes-network.md, §7.1; staging/src/k8s.io/api/networking/v1/types.go):
//
//   exact host, else wildcard, else rules without a host
//   ─▶ longest path; of equals Exact before Prefix, then the oldest ─▶ else a default backend

import type {
  IngressBackend,
  IngressObject,
  IngressPath,
  IngressSettings,
} from '../../objects/ingress-object.ts';
import type {HttpAddress} from './http-address.ts';

export type IngressRoute = {
  readonly namespace: string;
  /** `undefined`: something that is no Service. */
  readonly backend: IngressBackend | undefined;
  readonly settings: IngressSettings;
  /** As the rule has it; `undefined` for a default backend. */
  readonly path: string | undefined;
};

type Candidate = {readonly ingress: IngressObject; readonly path: IngressPath};

type Asked = Pick<HttpAddress, 'host' | 'path'>;

/** `undefined`: nobody is meant. `ingresses`: the oldest first. */
export function ingressRoute(
  ingresses: readonly IngressObject[],
  asked: Asked,
): IngressRoute | undefined {
  return routeAmong(
    ingresses.filter(({settings}) => settings.canary === undefined),
    asked,
  );
}

/** The canary of a route: it takes its share of what comes for the same host and path. */
export function canaryOf(
  ingresses: readonly IngressObject[],
  asked: Asked,
  route: IngressRoute,
): IngressRoute | undefined {
  const canaries = ingresses.filter(({settings}) => (settings.canary ?? 0) > 0);
  const found = canaries.length === 0 ? undefined : routeAmong(canaries, asked);
  return found?.path !== undefined && found.path === route.path ? found : undefined;
}

function routeAmong(
  ingresses: readonly IngressObject[],
  {host, path}: Asked,
): IngressRoute | undefined {
  const server = serverFor(ingresses, host);
  const withHost = ingresses.filter(({rules}) => rules.some(rule => isServer(rule.host, server)));
  // One Ingress of a host with expressions makes them of all its paths (rewrite.md).
  const regex = withHost.some(({settings}) => settings.regex);
  const best = closest(withHost, server, each =>
    regex ? expressionMatches(each, path) : pathMatches(each, path),
  );
  if (best !== undefined) {
    const {namespace, settings} = best.ingress;
    return {namespace, settings, backend: best.path.backend, path: best.path.path};
  }
  const fallback = [...withHost, ...ingresses].find(each => each.defaultBackend !== undefined);
  if (fallback === undefined) return undefined;
  const {namespace, settings, defaultBackend: backend} = fallback;
  return {namespace, settings, backend, path: undefined};
}

function isServer(host: string | undefined, server: string | undefined): boolean {
  return host?.toLowerCase() === server;
}

function closest(
  ingresses: readonly IngressObject[],
  server: string | undefined,
  matches: (path: IngressPath) => boolean,
): Candidate | undefined {
  let best: Candidate | undefined;
  for (const ingress of ingresses) {
    for (const {host, paths} of ingress.rules) {
      if (!isServer(host, server)) continue;
      for (const path of paths) {
        if (!matches(path)) continue;
        if (best === undefined || isCloser(path, best.path)) best = {ingress, path};
      }
    }
  }
  return best;
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

/** What is up to the class is a prefix by letters with ingress-nginx (updateServerLocations). */
export function pathMatches({path: pattern, type}: IngressPath, path: string): boolean {
  if (type === 'Exact') return path === pattern;
  if (type === 'ImplementationSpecific') return path.startsWith(pattern);
  const [wanted, given] = [elements(pattern), elements(path)];
  return wanted.every((element, i) => element === given[i]);
}

/** As nginx' `location ~* "^…"`; what is no expression matches nothing. */
function expressionMatches({path: pattern}: IngressPath, path: string): boolean {
  try {
    return new RegExp(`^${pattern}`, 'i').test(path);
  } catch {
    return false;
  }
}

/** A trailing slash says nothing. */
function elements(path: string): string[] {
  const all = path.split('/').slice(1);
  while (all.at(-1) === '') all.pop();
  return all;
}

function isCloser(one: IngressPath, other: IngressPath): boolean {
  const [length, otherLength] = [lengthOf(one), lengthOf(other)];
  if (length !== otherLength) return length > otherLength;
  return one.type === 'Exact' && other.type !== 'Exact';
}

function lengthOf({path, type}: IngressPath): number {
  return type === 'Prefix' && path.length > 1 ? path.replace(/\/+$/, '').length : path.length;
}
