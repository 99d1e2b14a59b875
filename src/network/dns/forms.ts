// The full names that a resolver asks for when a program names a host, one after another
// (resolv.conf(5)).

export type Forms = {
  /** Without the last dot. */
  readonly names: readonly string[];
  /** The name itself is among them as the first, as the last, or as the only one. */
  readonly asWritten: 'first' | 'last' | 'only';
};

type Searched = {readonly searches: readonly string[]; readonly ndots: number};

export function formsOf(host: string, {searches, ndots}: Searched): Forms {
  if (host.endsWith('.')) return {names: [host.slice(0, -1)], asWritten: 'only'};
  if (searches.length === 0) return {names: [host], asWritten: 'only'};
  const searched = searches.map(domain => `${host}.${domain}`);
  const dots = host.split('.').length - 1;
  if (dots >= ndots) return {names: [host, ...searched], asWritten: 'first'};
  return {names: [...searched, host], asWritten: 'last'};
}

/** The place of the name as the program wrote it. */
export function placeAsWritten({names, asWritten}: Forms): number {
  return asWritten === 'last' ? names.length - 1 : 0;
}

/**
 * After a form for which every server was silent the search ends, but one more is tried: the name
 * as it is, or if that was it, with the first domain (glibc, res_query.c). Its place, if any.
 */
export function lastResort({names, asWritten}: Forms, silent: number): number | undefined {
  if (asWritten === 'first') return silent === 0 ? 1 : undefined;
  const last = names.length - 1;
  return silent === last ? undefined : last;
}

export type ClusterName = {
  readonly namespace: string;
  readonly service: string;
  /** Of one pod behind a headless Service. */
  readonly hostname: string | undefined;
};

/** What a full name within the zone names; `undefined`: nothing that could be there. */
export function clusterNameOf(name: string, zone: string): ClusterName | undefined {
  const labels = name.slice(0, -zone.length - 1).split('.');
  if (labels.at(-1) !== 'svc' || labels.length < 3 || labels.length > 4) return undefined;
  const [service, namespace] = labels.slice(-3);
  return {namespace, service, hostname: labels.length === 4 ? labels[0] : undefined};
}
