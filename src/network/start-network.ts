// What there is of a network between the nodes of a cluster: the only file that makes its parts.

import type {Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {Links} from '../machines/links.ts';
import type {Listeners} from '../machines/listeners.ts';
import type {Machines} from '../machines/machines.ts';
import type {NameLookups} from '../machines/name-lookups.ts';
import type {NameServers} from '../machines/name-servers.ts';
import type {OutsideDoors} from '../machines/stated-clients.ts';
import type {NodeLines} from '../objects/node-lines.ts';
import type {Store} from '../objects/store.ts';
import type {KubernetesMinor} from '../objects/version.ts';
import type {Distribution} from '../options/distribution.ts';
import {Dns} from './dns/dns.ts';
import type {DnsOptions} from './dns/dns-options.ts';
import {LookupChances} from './dns/lookup-chances.ts';
import {Latencies} from './latency/latencies.ts';
import type {LatencyOptions} from './latency/latency-options.ts';
import type {BalancerOptions} from './load-balancer/load-balancer-options.ts';
import {Outside, type OutsideParts} from './outside.ts';
import {ProxiedPorts} from './proxy/proxied-ports.ts';
import {Proxies} from './proxy/proxies.ts';
import type {ProxyOptions} from './proxy/proxy-options.ts';
import {synSchedule} from './rules/syn-retransmission.ts';
import type {ApplicationEntry} from './traffic/application-options.ts';
import type {DataPlane} from './traffic/data-plane.ts';
import {hopsOf} from './traffic/latency-hops.ts';
import type {RecordOptions} from './traffic/record.ts';
import {startTraffic} from './traffic/start-traffic.ts';
import type {TcpOptions} from './traffic/tcp-options.ts';
import type {TrafficEntry} from './traffic/traffic-options.ts';

export type NetworkParts = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  /** Whether the nodes reach an API server. */
  readonly lines: NodeLines;
  readonly watchDelay: Time | Distribution;
  readonly kubernetes: KubernetesMinor;
  readonly links: Links;
  readonly listeners: Listeners;
  readonly nameServers: NameServers;
  readonly options: LatencyOptions & {
    readonly proxy: ProxyOptions;
    readonly dns: DnsOptions;
    readonly tcp: TcpOptions;
    readonly loadBalancers?: BalancerOptions | undefined;
  };
  readonly traffic: readonly TrafficEntry[];
  readonly applications: readonly ApplicationEntry[];
  readonly startTime: number;
  /** CoreDNS is there as pods. */
  readonly dnsPods: boolean;
  readonly ingress: Pick<OutsideParts, 'controllers' | 'frontOf'>;
  readonly record?: RecordOptions | undefined;
};

export type Network = {
  readonly views: Proxies;
  readonly traffic: DataPlane | undefined;
  /** Where somebody calls from outside. */
  readonly doors: OutsideDoors | undefined;
  readonly lookups: NameLookups;
};

export function startNetwork({options, ...parts}: NetworkParts): Network {
  const views = new Proxies({...parts, options: options.proxy});
  const lookups = new LookupChances(options.dns);
  if (parts.traffic.length === 0) return {views, lookups, traffic: undefined, doors: undefined};
  const outside = parts.traffic.some(({from}) => from === 'outside')
    ? new Outside({...parts, ...parts.ingress, views, balancers: options.loadBalancers})
    : undefined;
  const traffic = trafficOf({options, ...parts}, views, outside);
  return {views, lookups, traffic, doors: outside?.seen()};
}

function trafficOf(
  {options, dnsPods: pods, record, ...parts}: NetworkParts,
  views: Proxies,
  outside: Outside | undefined,
): DataPlane {
  const latencies = new Latencies({...parts, ...options});
  const dns = new Dns({...parts, views, latencies, options: options.dns, pods});
  return startTraffic({
    ...parts,
    hops: hopsOf(latencies, latencies.free),
    syn: synSchedule({retries: options.tcp.synRetries, linear: options.tcp.synLinearTimeouts}),
    ...(record !== undefined && {record}),
    services: plane => ({
      ...{store: parts.store, dns, outside},
      loadOf: (_caller, target) => plane().presentAt(target),
      ports: new ProxiedPorts({
        ...{...parts, views, options: options.proxy, free: latencies.free},
        load: target => plane().presentAt(target),
      }),
    }),
  });
}
