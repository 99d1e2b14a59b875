// What a scenario may say of its cluster's addresses, and of who gives LoadBalancers theirs.

import * as z from 'zod';
import {dnsOptions} from '../network/dns/dns-options.ts';
import {ingress} from '../network/ingress/ingress-options.ts';
import {bandwidthOptions, latencyOptions, lossOptions} from '../network/latency/latency-options.ts';
import {balancerOptions} from '../network/load-balancer/load-balancer-options.ts';
import {proxyOptions} from '../network/proxy/proxy-options.ts';
import {tcpOptions} from '../network/traffic/tcp-options.ts';
import {addressRange} from '../options/address.ts';
import {distribution} from '../options/distribution.ts';
import {allDefaults} from './all-defaults.ts';

const loadBalancers = z
  .strictObject({
    takes: distribution()
      .default('30s')
      .describe('from seeing a Service of type LoadBalancer to its having an address'),
    range: addressRange().default('198.18.0.0/15').describe('of the addresses'),
    ...balancerOptions,
  })
  .optional()
  .describe('a cloud provider; without one, Services of type LoadBalancer stay pending');

export const network = z.strictObject({
  podCIDR: addressRange().default('10.128.0.0/9').describe('of the pods of all nodes'),
  nodeCIDRMask: z
    .int()
    .min(8)
    .max(30)
    .default(24)
    .describe('length of the prefix of the range that each node has for its pods'),
  serviceCIDR: addressRange().default('10.96.0.0/12').describe('of the Services'),
  loadBalancers,
  ingress,
  dns: allDefaults(dnsOptions),
  proxy: allDefaults(proxyOptions).describe('kube-proxy on every node'),
  latency: latencyOptions,
  loss: lossOptions,
  bandwidth: bandwidthOptions,
  tcp: allDefaults(tcpOptions).describe('of the kernels of all machines that connect'),
});

export type Network = z.output<typeof network>;
