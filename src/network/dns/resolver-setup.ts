// How a caller's resolver is set up: what kubelet writes into a pod's /etc/resolv.conf
// (pkg/kubelet/network/dns/dns.go), by its namespace, dnsPolicy and dnsConfig. Nodes have no search
// domains of their own.

import {second, type Time} from '../../engine/time.ts';
import type {PodDns, PodTemplate} from '../../objects/pod-spec.ts';

/** The cluster's, or some other that knows names outside alone. */
export type ServerKind = 'cluster' | 'elsewhere';

export type ResolverSetup = {
  /** Of the pod. */
  readonly namespace: string;
  readonly servers: readonly ServerKind[];
  readonly searches: readonly string[];
  readonly ndots: number;
  readonly timeout: Time;
  readonly attempts: number;
};

export type SetupOptions = {
  readonly zone: string;
  readonly ndots: number;
  readonly timeout: Time;
  readonly attempts: number;
};

export type PodSetUp = Pick<PodTemplate, 'namespace'> & {
  readonly spec: Pick<PodTemplate['spec'], 'dns' | 'hostNetwork'>;
};

// resolv.conf(5), and kubelet's limits.
const mostServers = 3;
const mostSearches = 32;
/** glibc's own, where kubelet writes nothing. */
const ndotsAlone = 1;

/** `isCluster`: whether a server of that address is one of the cluster's. */
export function setupOf(
  {namespace, spec: {dns, hostNetwork}}: PodSetUp,
  options: SetupOptions,
  isCluster: (address: string) => boolean,
): ResolverSetup {
  const {zone} = options;
  const policy = policyOf(dns, hostNetwork);
  const inside = policy === 'ClusterFirst';
  const own: ServerKind[] = inside ? ['cluster'] : policy === 'None' ? [] : ['elsewhere'];
  const domains = inside ? [`${namespace}.svc.${zone}`, `svc.${zone}`, zone] : [];
  const {nameservers, searches, timeout, ...others} = dns ?? unsaid;
  const added = nameservers.map(each => (isCluster(each) ? 'cluster' : 'elsewhere'));
  return {
    namespace,
    servers: [...own, ...added].slice(0, mostServers),
    searches: [...new Set([...domains, ...searches])].slice(0, mostSearches),
    ndots: others.ndots ?? (inside ? options.ndots : ndotsAlone),
    timeout: timeout === undefined ? options.timeout : timeout * second,
    attempts: others.attempts ?? options.attempts,
  };
}

const unsaid = {
  ...{policy: 'ClusterFirst', nameservers: [], searches: []},
  ...{ndots: undefined, timeout: undefined, attempts: undefined},
} as const satisfies PodDns;

/** ClusterFirst of a pod in its node's network means Default. */
function policyOf(dns: PodDns | undefined, hostNetwork: boolean) {
  const {policy} = dns ?? unsaid;
  if (policy === 'ClusterFirst' && hostNetwork) return 'Default';
  return policy === 'ClusterFirstWithHostNet' ? 'ClusterFirst' : policy;
}
